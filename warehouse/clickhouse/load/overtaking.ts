import { KEYS } from '../../load-plan.ts';
import type { LoadPlan } from '../../load-plan.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { isUnknownTable } from '../errors.ts';
import { nearby, tupleOf } from './known.ts';
import type { StagedTimes } from './known.ts';
import { decidedLoads } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { isDecided } from './left-loads.ts';
import { FATES, stagedName } from './rows.ts';

interface Staged { stage: string; plan: LoadPlan; times: StagedTimes; /** Of all loads up to this mark the stage's comparison saw the rows. */ seen: number }

/**
 * Whether loads that were decided since a stage was compared tell of rows with its keys: `underWay` those that are not complete, `there`
 * whether any is. Asked with the turn, when nobody decides.
 */
export async function overtaking(engine: ClickHouseEngine, { stage, plan, times, seen }: Staged): Promise<{ underWay: DecidedLoad[]; there: boolean }> {
  const { target } = plan;
  const key = KEYS[target];
  const ours = `GLOBAL IN (SELECT ${key.join(', ')} FROM ${stagedName(stage)} WHERE fate = ${FATES.good})`;
  const underWay: DecidedLoad[] = [];
  // What is complete meanwhile is found in the table, which is asked after these.
  for (const load of await decidedLoads(engine)) {
    if (load.mark <= seen || load.target !== target) continue;
    const found = await engine.query({ sql: `SELECT 1 AS there FROM ${stagedName(load.stage)} AS t WHERE fate = ${FATES.good} AND ${tupleOf(key)} ${ours} LIMIT 1` }).catch(async (error: unknown) => {
      // Its stage goes when all else of it is done; that it is done may be written a moment later.
      if (!isUnknownTable(error) && await isDecided(engine, load)) throw error;
      return [];
    });
    if (found.length > 0) underWay.push(load);
  }
  const rows = await engine.query({ sql: `SELECT 1 AS there FROM store.${target} AS t PREWHERE ${nearby(plan, times)} AND ${tupleOf(key)} ${ours} WHERE t.load_mark > ${seen} LIMIT 1` });
  return { underWay, there: rows.length > 0 };
}
