import { KEYS } from '../../load-plan.ts';
import type { LoadPlan, LoadTarget } from '../../load-plan.ts';
import type { LoadJob } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import type { DecidedFile, DecidedLoad } from './ledger.ts';
import { FATES, knownName, stagedName, writtenRows } from './rows.ts';

export interface Counted { part: number; good: number; /** Different ones among the good. */ keys: number; left_out: number; refused: number; oldest: number | null; newest: number | null }

export function countStaged(engine: ClickHouseEngine, stage: string, target: LoadTarget): Promise<(Counted & Record<string, unknown>)[]> {
  return engine.query({
    sql: `SELECT part, countIf(fate = ${FATES.good}) AS good, uniqExactIf(cityHash64(${KEYS[target].map((name) => `toString(${name})`).join(', ')}), fate = ${FATES.good}) AS keys, countIf(fate = ${FATES.leftOut}) AS left_out, countIf(fate = ${FATES.refused}) AS refused,
      minIf(started_at, fate = ${FATES.good}) AS oldest, maxIf(started_at, fate = ${FATES.good}) AS newest FROM ${stagedName(stage)} GROUP BY part`,
  });
}

/** When the last thing that a row tells of happened, as in DuckDB's loads. */
const EVENT = {
  calls: 'started_at',
  legs: 'greatest(started_at, entered_at, answered_at, left_at)',
  agent_states: 'addMilliseconds(started_at, least(greatest(duration_ms, 0), 86400000))',
};

/** What the load will have done, of each file, as its rows compare with what is there. */
export async function countsAndTimes(engine: ClickHouseEngine, { plan, jobs, stage, counted }: { plan: LoadPlan; jobs: LoadJob[]; stage: string; counted: Counted[] }): Promise<Omit<DecidedLoad, 'mark'>> {
  const [written, replaced] = await Promise.all([
    engine.query<{ part: number; n: number; oldest: number | null; newest: number | null }>({
      sql: `SELECT part, count(*) AS n, min(started_at) AS oldest, max(${EVENT[plan.target]}) AS newest FROM ${stagedName(stage)} WHERE ${writtenRows(stage)} GROUP BY part`,
    }),
    engine.query<{ part: number; n: number }>({ sql: `SELECT part, count(*) AS n FROM ${knownName(stage)} WHERE newer >= 1 GROUP BY part` }),
  ]);
  const files = jobs.map((job, part): DecidedFile => {
    const { good, left_out, refused } = counted.find((one) => one.part === part) ?? { good: 0, left_out: 0, refused: 0 };
    const { n, oldest, newest } = written.find((one) => one.part === part) ?? { n: 0, oldest: null, newest: null };
    const updated = replaced.find((one) => one.part === part)?.n ?? 0;
    return { loadId: job.loadId, file: job.file, part, counts: { accepted: n - updated, updated, unchanged: good - n, leftOut: left_out, quarantined: refused }, oldest, newest };
  });
  return {
    stage, source: jobs[0]?.source ?? '', target: plan.target, mapping: plan.name, deriveLegs: plan.deriveLegs, keyHorizonDays: plan.keyHorizonDays,
    updatedTogether: files.reduce((sum, { counts }) => sum + counts.updated, 0), files,
  };
}
