import type { CopiedTable } from './copied-tables.ts';

const DAY_MS = 86_400_000;

/** @param day days from 1970 */
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
