'use client';
import { useLocale } from 'use-intl';

/** Instants in the reader's own time: whoever signs may sit anywhere. */
export function useInstant(): (instant: string) => string {
  const locale = useLocale() === 'fr' ? 'fr-FR' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  return (instant) => format.format(new Date(instant));
}
