import type { Engine } from '../engine.ts';

/** The youngest load that wrote into or took from each UTC day. */
export const TOUCHED_SQL = 'SELECT day, max(load_mark) AS load_mark FROM store.touched_days GROUP BY day';

/** UTC days whose rollups are whole, `yyyy-mm-dd`. */
export type ClosedDays = ReadonlySet<string>;

type Inside = Pick<Engine, 'query'>;
/** The list as it was at a load mark; null = to be read. */
interface Remembered { days: ClosedDays | null; loadMark: number }

const remembered = new WeakMap<Engine, Remembered>();

/** To be called when days were closed. */
export function forgetClosedDays(engine: Engine): void {
  remembered.set(engine, { days: null, loadMark: -1 });
}

/**
 * A way to the closed days of a snapshot that begins after this call. The list that is remembered is then never
 * younger than the snapshot: what it calls closed was closed before, so that its rollups are in the snapshot, and only a load
 * can have opened it again. Closing takes a day's marks away, so any younger mark of a day is such a load. A day that
 * was closed since is missing, which is only slower: its rows give the same numbers.
 */
export function closedDaysSince(engine: Engine): (inside: Inside, loadMark: number) => Promise<ClosedDays> {
  const known = remembered.get(engine);
  return async (inside, loadMark) => {
    if (known?.days && known.loadMark === loadMark) return known.days;
    const days = known?.days && await untouched(inside, known.days, known.loadMark) ? known.days : await readClosedDays(inside);
    if (remembered.get(engine) === known) remembered.set(engine, { days, loadMark });
    return days;
  };
}

async function untouched(inside: Inside, days: ClosedDays, since: number): Promise<boolean> {
  const touched = await inside.query<{ day: string }>({ sql: 'SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM store.touched_days WHERE load_mark > $since', parameters: { since } });
  return !touched.some(({ day }) => days.has(day));
}

export async function readClosedDays(engine: Inside): Promise<ClosedDays> {
  const closed = await engine.query<{ day: string }>({
    sql: `SELECT CAST(c.day AS VARCHAR) AS day FROM store.closed_days AS c LEFT JOIN (${TOUCHED_SQL}) AS t ON t.day = c.day WHERE coalesce(t.load_mark, -1) <= c.load_mark`,
  });
  return new Set(closed.map(({ day }) => day));
}
