import type { PlainRow } from './compile.ts';
import type { ClosedDays } from './closed-days.ts';
import { utcDay } from './segments.ts';

/** What the warehouse held when a statement ran. */
export interface DataState {
  /** The newest event that is loaded. */
  dataAt: string | null;
  /** The last load's mark. */
  loadMark: number;
  /** A day that the statement took for closed was open again: its answer is not to be used. */
  reopened: boolean;
}

const DAY_MS = 86_400_000;

/**
 * A SELECT of one row that stands beside an answer in its own statement, so that both are of one state of the
 * data without a transaction around them. `assumed` are the days whose rollups are read without having been
 * looked up in the same snapshot; null = they were.
 */
export function dataStateSql(assumed: ClosedDays | null, fromMs: number, toMs: number): string {
  return `SELECT load_mark AS state_mark, newest_event AS state_newest, ${reopenedSql(assumed, fromMs, toMs)} AS state_reopened FROM store.state`;
}

export function dataStateOf(row: PlainRow | undefined): DataState {
  const number = (name: string): number | null => { const value = row?.[name]; return typeof value === 'number' ? value : null; };
  const newest = number('state_newest');
  return {
    dataAt: newest === null ? null : new Date(newest).toISOString(),
    loadMark: number('state_mark') ?? 0,
    reopened: (number('state_reopened') ?? 0) > 0,
  };
}

/** Closing takes a day's marks away, so any mark of a closed day is a load that came after it. Only dates that were computed here enter the text. */
function reopenedSql(assumed: ClosedDays | null, fromMs: number, toMs: number): string {
  const days = assumed === null ? [] : daysOf(fromMs, toMs);
  const closed = days.filter((day) => assumed?.has(day));
  const [first, last] = [closed.at(0), closed.at(-1)];
  if (first === undefined || last === undefined) return '0';
  const open = days.filter((day) => day > first && day < last && !assumed?.has(day)).map((day) => `DATE '${day}'`);
  return `(SELECT count(*) FROM store.touched_days WHERE day >= DATE '${first}' AND day <= DATE '${last}'${open.length > 0 ? ` AND day NOT IN (${open.join(', ')})` : ''})`;
}

function daysOf(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let at = Math.floor(fromMs / DAY_MS) * DAY_MS; at < toMs; at += DAY_MS) days.push(utcDay(at));
  return days;
}
