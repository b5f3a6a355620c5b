import { addDays, firstOfMonth, isLocalDate, weekdayOf } from './local-date.ts';

export const RANGES = ['today', 'yesterday', 'this-week', 'last-week', 'last-7', 'last-30', 'this-month', 'last-month'] as const;
export type NamedRange = (typeof RANGES)[number];

/** Local dates or instants, `from` inclusive, `to` exclusive, as the server takes them. */
export interface Range { name: NamedRange | 'custom'; from: string; to: string }

/**
 * Reads the `range` parameter: a name, `2026-01-01..2026-01-31` (both days included, as people say it), or two
 * instants `2026-01-01T08:00:00Z..2026-01-01T08:30:00Z` (the second excluded), as a drill-down writes them.
 */
export function parseRange(text: string | null, today: string, fallback: NamedRange): Range {
  const [first = '', last = ''] = (text ?? '').split('..');
  if (isLocalDate(first) && isLocalDate(last) && first <= last) return { name: 'custom', from: first, to: addDays(last, 1) };
  if (isInstant(first) && isInstant(last) && Date.parse(first) < Date.parse(last)) return { name: 'custom', from: first, to: last };
  const name = RANGES.find((known) => known === text) ?? fallback;
  return { name, ...bounds(name, today) };
}

export function customRange(first: string, last: string): string {
  return first <= last ? `${first}..${last}` : `${last}..${first}`;
}

export function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}

function bounds(name: NamedRange, today: string): { from: string; to: string } {
  const tomorrow = addDays(today, 1);
  const monday = addDays(today, 1 - weekdayOf(today));
  switch (name) {
    case 'today': return { from: today, to: tomorrow };
    case 'yesterday': return { from: addDays(today, -1), to: today };
    case 'this-week': return { from: monday, to: addDays(monday, 7) };
    case 'last-week': return { from: addDays(monday, -7), to: monday };
    case 'last-7': return { from: addDays(today, -6), to: tomorrow };
    case 'last-30': return { from: addDays(today, -29), to: tomorrow };
    case 'this-month': return { from: firstOfMonth(today), to: firstOfMonth(today, 1) };
    case 'last-month': return { from: firstOfMonth(today, -1), to: firstOfMonth(today) };
  }
}
