import type { CopiedTable } from './copied-tables.ts';
import { digest } from './fingerprint.ts';
import type { Fingerprint } from './fingerprint.ts';
import { betweenSql, boundsOf, dayName } from './periods.ts';

/** What is copied at once, and noted when it is. */
export interface Part {
  table: CopiedTable;
  /** `2026-03-29`, `2026-03` or `all`. */
  period: string;
  /** As SQL; null = all rows. */
  where: string | null;
  rows: number;
  fingerprint: string;
}

/** The parts of a table that has rows on these days, the oldest first. */
export function partsOf(table: CopiedTable, prints: readonly Fingerprint[]): Part[] {
  const periods = new Map<string, Fingerprint[]>();
  for (const print of prints.toSorted((a, b) => (a.day ?? 0) - (b.day ?? 0))) {
    const period = periodOf(table, print.day);
    periods.set(period, [...periods.get(period) ?? [], print]);
  }
  return [...periods].map(([period, inside]) => ({ ...emptyPart(table, period), rows: inside.reduce((sum, { rows }) => sum + rows, 0), fingerprint: digest(inside) }));
}

/** A part without rows: what was there is taken away. */
export function emptyPart(table: CopiedTable, period: string): Part {
  return { table, period, where: rangeOf(table, period), rows: 0, fingerprint: digest([]) };
}

/** How a part is noted. */
export function partName({ table, period }: Pick<Part, 'table' | 'period'>): string {
  return `${table.name} ${period}`;
}

/** The period that holds a day. */
export function periodOf({ unit }: CopiedTable, day: number | null): string {
  if (day === null) return 'all';
  return dayName(day).slice(0, unit === 'month' ? 7 : 10);
}

function rangeOf(table: CopiedTable, period: string): string | null {
  return table.time === null ? null : betweenSql(table.time, ...boundsOf(period));
}
