export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_COOKIE = 'vigie-language';

/** The cookie's choice, else the first language of `Accept-Language` that we speak, else French. */
export function chooseLanguage(cookie: string | undefined, acceptLanguage: string | null): Language {
  const chosen = LANGUAGES.find((language) => language === cookie);
  if (chosen) return chosen;
  const wishes = (acceptLanguage ?? '').split(',').map((wish) => {
    const [tag = '', ...rest] = wish.trim().split(';');
    const weight = Number(rest.find((part) => part.trim().startsWith('q='))?.trim().slice(2) ?? 1);
    return { language: tag.slice(0, 2).toLowerCase(), weight };
  });
  for (const { language } of wishes.toSorted((a, b) => b.weight - a.weight)) {
    const known = LANGUAGES.find((each) => each === language);
    if (known) return known;
  }
  return 'fr';
}
