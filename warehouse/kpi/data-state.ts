import type { Engine } from '../engine.ts';
import { utcDay } from './segments.ts';

export interface DataState { dataAt: string | null; loadMark: number; closedDays: ReadonlySet<string> }

/** The youngest load that wrote into or took from each UTC day. */
export const TOUCHED_SQL = 'SELECT day, max(load_mark) AS load_mark FROM store.touched_days GROUP BY day';

/** What the warehouse holds when a query starts: the newest event, the last load's mark, the closed days of the range. */
export async function readDataState(engine: Pick<Engine, 'query'>, fromMs: number, toMs: number): Promise<DataState> {
  const loads = await engine.query<{ data_at: number | null; load_mark: number | null }>({ sql: 'SELECT newest_event AS data_at, load_mark FROM store.state' });
  const closed = await engine.query<{ day: string }>({
    sql: `SELECT CAST(c.day AS VARCHAR) AS day FROM store.closed_days AS c LEFT JOIN (${TOUCHED_SQL}) AS t ON t.day = c.day
      WHERE c.day >= CAST($from AS DATE) AND c.day <= CAST($to AS DATE) AND coalesce(t.load_mark, -1) <= c.load_mark`,
    parameters: { from: utcDay(fromMs), to: utcDay(toMs) },
  });
  const dataAt = loads[0]?.data_at ?? null;
  return {
    dataAt: dataAt === null ? null : new Date(dataAt).toISOString(),
    loadMark: loads[0]?.load_mark ?? 0,
    closedDays: new Set(closed.map(({ day }) => day)),
  };
}
