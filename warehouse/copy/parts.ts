import type { CopiedTable } from './copied-tables.ts';
import { digest } from './fingerprint.ts';
import type { Fingerprint } from './fingerprint.ts';

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

const DAY_MS = 86_400_000;

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

export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** When a period begins, and the next one. */
export function boundsOf(period: string): [from: Date, to: Date] {
  const from = new Date(period.length === 7 ? `${period}-01` : period);
  const to = new Date(from);
  if (period.length === 7) to.setUTCMonth(to.getUTCMonth() + 1); else to.setUTCDate(to.getUTCDate() + 1);
  return [from, to];
}

function rangeOf(table: CopiedTable, period: string): string | null {
  return table.time === null ? null : betweenSql(table.time, ...boundsOf(period));
}

/** The rows of a stretch of time, as SQL. */
export function betweenSql(time: NonNullable<CopiedTable['time']>, from: Date, to: Date): string {
  const bound = (at: Date): string => {
    switch (time.kind) {
      case 'instant': return `instant_ms(${at.getTime()})`;
      case 'quarter': return String(at.getTime() / 900_000);
      default: return `CAST('${at.toISOString().slice(0, 10)}' AS DATE)`;
    }
  };
  return `${time.column} >= ${bound(from)} AND ${time.column} < ${bound(to)}`;
}
