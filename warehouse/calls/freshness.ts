import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { Parameters } from '../kpi/parameters.ts';
import type { Freshness, Scope } from '../warehouse.ts';
import { Conditions } from './conditions.ts';
import { question } from './question.ts';

/** It counts all calls that a viewer may see. */
const HISTORY_MS = 15_000;

/** Age of the data and the range of history, of the calls that the viewer may see. */
export async function freshness(engine: Pick<Engine, 'query'>, scope: Scope): Promise<Freshness> {
  const conditions = new Conditions(new Parameters());
  conditions.scope('c', scope);
  const [[loads], [history]] = await Promise.all([
    engine.query<{ data_ms: number | null; load_mark: number }>({ sql: question('freshness'), timeoutMs: SMALL_QUESTION_MS }),
    engine.query<{ from_ms: number | null; calls: number }>({ sql: question('history', conditions.places), parameters: conditions.parameters.values, timeoutMs: HISTORY_MS }),
  ]);
  return { dataAt: instant(loads?.data_ms), loadMark: loads?.load_mark ?? 0, historyFrom: instant(history?.from_ms), calls: history?.calls ?? 0 };
}

/** Grows with every committed load; 0 = nothing was ever loaded. */
export async function loadMark(engine: Pick<Engine, 'query'>): Promise<number> {
  const [loads] = await engine.query<{ load_mark: number }>({ sql: question('freshness'), timeoutMs: SMALL_QUESTION_MS });
  return loads?.load_mark ?? 0;
}

function instant(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
