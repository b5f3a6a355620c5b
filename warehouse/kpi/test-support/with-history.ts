import type { Engine } from '../../engine.ts';
import type { TestEngine } from '../../test-support/each-engine.ts';
import { FULL_SCOPE } from '../../warehouse.ts';
import type { KpiAnswer, KpiQuery, Scope } from '../../warehouse.ts';
import { closeDays } from '../close-days.ts';
import { kpi } from '../kpi.ts';
import { fill } from './fill.ts';
import { NO_DIMENSIONS } from './raw-rows.ts';
import type { RawHistory } from './raw-rows.ts';

export type Ask = (query: Partial<KpiQuery> & { measures: string[] }, scope?: Scope) => Promise<KpiAnswer>;

/** Answers from rows and, with every day closed, from rollups; both must be the same. 2026-01-05 in UTC unless the query says otherwise. */
export async function withHistory(tested: TestEngine, history: Partial<RawHistory>, work: (ask: Ask, engine: Engine) => Promise<void>): Promise<void> {
  const engine = await tested.open();
  try {
    await fill(tested, engine, { dimensions: NO_DIMENSIONS, ...history }, 1);
    const asker = (one: Engine): Ask => (query, scope = FULL_SCOPE) => kpi(one, { by: [], from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {}, ...query }, scope);
    await work(asker(engine), engine);
    await closeDays(engine, { utcMs: Date.UTC(2100, 0, 1) });
    await work(asker(engine), engine);
  } finally {
    await engine.close();
  }
}
