import type { Formats } from '../format/formats.ts';
import type { KpiKey } from './kpi-query.ts';

/** How a key is written: names for ids, local times and dates for intervals, weekdays in words. */
export function keyLabel({ field, value, name }: KpiKey, formats: Formats): string {
  switch (field) {
    case 'hour': return `${value.padStart(2, '0')}:00`;
    case 'weekday': return weekdayName(Number(value), formats.locale);
    case 'day': case 'week': return formats.localDate(value);
    case 'month': return new Intl.DateTimeFormat(formats.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}-15T00:00:00Z`));
    case '1min': case '5min': case '15min': case '30min': case '60min': return `${formats.localDate(value.slice(0, 10))} ${value.slice(11, 16)}`;
    default: return name || value || '–';
  }
}

/** The same, short, for an axis. */
export function axisLabel(key: KpiKey, formats: Formats, oneDay: boolean): string {
  if (key.field.endsWith('min')) return oneDay ? key.value.slice(11, 16) : `${Number(key.value.slice(8, 10))}/${key.value.slice(5, 7)} ${key.value.slice(11, 16)}`;
  if (key.field === 'day' || key.field === 'week') return new Intl.DateTimeFormat(formats.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${key.value}T12:00:00Z`));
  return keyLabel(key, formats);
}

/** 1 = Monday. */
export function weekdayName(weekday: number, locale: string, style: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday)));
}
