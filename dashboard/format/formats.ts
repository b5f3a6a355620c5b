import type { Unit } from '../graphql/reference-query.ts';
import { duration, hours, NO_VALUE } from './duration.ts';

export interface Formats {
  count(value: number | null | undefined): string;
  /** A fraction as a percentage with one decimal. */
  percent(value: number | null | undefined): string;
  /** A fraction as a percentage with two decimals, where one hides on which side of a limit it is. */
  finePercent(value: number | null | undefined): string;
  /** A number with one decimal. */
  decimal(value: number | null | undefined): string;
  /** A difference of two fractions, in points, signed. */
  points(value: number): string;
  /** A relative change as a signed percentage. */
  change(value: number): string;
  value(unit: Unit, value: number | null | undefined): string;
  /** A short form for axes. */
  axis(unit: Unit, value: number): string;
  time(instant: string | number): string;
  timeWithSeconds(instant: string | number): string;
  date(instant: string | number): string;
  dateTime(instant: string | number): string;
  /** A local date `2026-01-31`, without any zone. */
  localDate(date: string): string;
  zone: string;
  locale: string;
}

/** Numbers and dates in the reader's language, instants in the page's zone. Formatters are made once. */
export function createFormats(locale: string, zone: string): Formats {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const ratio = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const fineRatio = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const shortRatio = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const signedRatio = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const dates = (options: Intl.DateTimeFormatOptions, timeZone = zone) => new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const date = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const dateTime = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const localDate = dates({ weekday: 'short', day: 'numeric', month: 'short' }, 'UTC');
  const known = (value: number | null | undefined): value is number => value !== null && value !== undefined && Number.isFinite(value);
  return {
    zone,
    locale,
    count: (value) => (known(value) ? integer.format(value) : NO_VALUE),
    percent: (value) => (known(value) ? ratio.format(value) : NO_VALUE),
    finePercent: (value) => (known(value) ? fineRatio.format(value) : NO_VALUE),
    decimal: (value) => (known(value) ? one.format(value) : NO_VALUE),
    // A true minus sign: a hyphen is lost before large figures.
    points: (value) => signed.format(value * 100).replace('-', '\u2212'),
    change: (value) => signedRatio.format(value).replace('-', '\u2212'),
    value: (unit, value) => {
      if (!known(value)) return NO_VALUE;
      if (unit === 'RATIO') return ratio.format(value);
      if (unit === 'SECONDS') return value >= 36_000 ? hours(value) : duration(value);
      return unit === 'COUNT' ? integer.format(value) : one.format(value);
    },
    axis: (unit, value) => {
      if (unit === 'RATIO') return shortRatio.format(value);
      if (unit === 'SECONDS') return value >= 36_000 ? `${Math.round(value / 3600)} h` : duration(value);
      return compact.format(value);
    },
    time: (instant) => time.format(new Date(instant)),
    timeWithSeconds: (instant) => seconds.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    localDate: (day) => localDate.format(new Date(`${day}T12:00:00Z`)),
  };
}
