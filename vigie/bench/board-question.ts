import type { Engine } from '../../warehouse/engine.ts';
import { catalogue } from '../../warehouse/kpi/catalogue.ts';
import { readClosedDays } from '../../warehouse/kpi/closed-days.ts';
import { compileKpi, type CompiledQuery } from '../../warehouse/kpi/compile.ts';
import { resolveQuery } from '../../warehouse/kpi/resolve-query.ts';
import { FULL_SCOPE, type KpiQuery } from '../../warehouse/warehouse.ts';
import { DAY_AFTER, dayBack, LAST_DAY } from './generated-calls.ts';

/** What every board of a day asks, by queue: twelve rows. */
export const BOARD: KpiQuery = {
  measures: ['queued', 'answered', 'abandoned', 'service-level', 'abandonment-rate', 'answer-rate', 'asa', 'average-wait', 'longest-wait', 'wait-p90', 'average-talk', 'average-wrapup', 'average-handle'],
  by: ['queue'], from: LAST_DAY, to: DAY_AFTER, zone: 'Africa/Douala', where: {},
};
export const QUEUES = 12;

/** The same of so many days before the last, as one row. */
export function totalsOf(days: number): KpiQuery {
  return { ...BOARD, by: [], from: dayBack(days), to: LAST_DAY };
}

/** The statement that a question becomes; from rows alone, or from rollups where days are closed. */
export async function statementOf(engine: Engine, query: KpiQuery, from: 'rows' | 'rollups' = 'rollups'): Promise<CompiledQuery> {
  const resolved = resolveQuery(query, FULL_SCOPE, catalogue().measures, query.zone ?? 'UTC');
  return compileKpi(resolved, catalogue(), from === 'rows' ? new Set() : await readClosedDays(engine), 'rows');
}
