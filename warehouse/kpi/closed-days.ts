import type { Engine } from '../engine.ts';

/** The youngest load that wrote into or took from each UTC day. */
export const TOUCHED_SQL = 'SELECT day, max(load_mark) AS load_mark FROM store.touched_days GROUP BY day';

/** UTC days whose rollups are whole, `yyyy-mm-dd`. */
export type ClosedDays = ReadonlySet<string>;

const remembered = new WeakMap<Engine, Promise<ClosedDays>>();

/**
 * The closed days as they were last read. A day that was closed since is not among them, which is only slower:
 * its rows give the same numbers. A day that was opened again since still is: whoever reads rollups by this list
 * checks it in the same statement (see `data-state.ts`).
 */
export function rememberedClosedDays(engine: Engine): Promise<ClosedDays> {
  const known = remembered.get(engine);
  if (known) return known;
  const reading = readClosedDays(engine);
  remembered.set(engine, reading);
  reading.catch(() => { if (remembered.get(engine) === reading) remembered.delete(engine); });
  return reading;
}

/** To be called when days were closed, and when one of the list was found open again. */
export function forgetClosedDays(engine: Engine): void {
  remembered.delete(engine);
}

export async function readClosedDays(engine: Pick<Engine, 'query'>): Promise<ClosedDays> {
  const closed = await engine.query<{ day: string }>({
    sql: `SELECT CAST(c.day AS VARCHAR) AS day FROM store.closed_days AS c LEFT JOIN (${TOUCHED_SQL}) AS t ON t.day = c.day WHERE coalesce(t.load_mark, -1) <= c.load_mark`,
  });
  return new Set(closed.map(({ day }) => day));
}
