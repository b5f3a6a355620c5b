import type { Engine } from '../engine.ts';
import type { Freshness } from '../warehouse.ts';

/** Age of the data and the range of history. */
export async function freshness(engine: Pick<Engine, 'query'>): Promise<Freshness> {
  const [loads, calls] = await Promise.all([
    engine.query<{ data_at: number | null; load_mark: number | null }>({ sql: 'SELECT max(newest_event) AS data_at, max(load_mark) AS load_mark FROM store.loads' }),
    engine.query<{ history_from: number | null; calls: number }>({ sql: 'SELECT min(started_at) AS history_from, count(*) AS calls FROM store.calls' }),
  ]);
  return { dataAt: instant(loads[0]?.data_at), loadMark: loads[0]?.load_mark ?? 0, historyFrom: instant(calls[0]?.history_from), calls: calls[0]?.calls ?? 0 };
}

function instant(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
