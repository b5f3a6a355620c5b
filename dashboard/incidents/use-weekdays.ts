import { useFormats } from '../format/use-formats.ts';

/** Short names of the days, Monday first. */
export function useWeekdays(): string[] {
  const { locale } = useFormats();
  // 2024-01-01 was a Monday.
  return Array.from({ length: 7 }, (_, at) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + at)));
}
