import type { Incident } from './incident.ts';

/** An incident's title for a reader of a language. */
export function titleIn({ title, titleEn }: Pick<Incident, 'title' | 'titleEn'>, language: 'fr' | 'en'): string {
  return language === 'en' ? titleEn ?? title : title;
}
