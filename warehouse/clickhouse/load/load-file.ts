import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { WarehouseError } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { memoryMayCome } from '../errors.ts';
import { holdCallerKey } from './caller-key.ts';
import { dropStage } from './complete.ts';
import { decide } from './decide.ts';
import type { LoadContext, Surroundings } from './decide.ts';
import { committedCounts, decidedLoads, pruneLoads } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { begunHere, completeLeft, completeOrGone, isLeft, stageAge } from './left-loads.ts';

/**
 * Files of one source through one mapping, together. There are no transactions here, so a load goes over one point:
 *
 * 1. before it, nothing is seen by anybody: the files are staged in tables of their own, compared with what is there, counted;
 * 2. the point is one row a file in `decided_loads`, written by one statement: what is staged will be loaded, with these counts;
 * 3. after it, everything is carried out from the stage alone ({@link completeLoad}), each step so that it may be done again.
 *
 * Whatever ends at whatever moment, before the point the load begins anew, after it the next load completes it first. Counts are
 * of the moment of decision, so that they are right however often the rows are written. A job that was complete before gives its counts of that time.
 */
export async function loadFiles(context: LoadContext, jobs: LoadJob[]): Promise<LoadCounts[]> {
  const { engine, callerKeySecret } = context;
  try {
    const decided = await decidedLoads(engine);
    for (const left of decided) if (isLeft(left, jobs)) await completeLeft(engine, left);
    const [counts, around] = await Promise.all([committedCounts(engine, jobs.map(({ loadId }) => loadId)), readSurroundings(engine), holdCallerKey(engine, callerKeySecret), dropForgotten(engine, decided)]);
    const fresh = jobs.filter(({ loadId }) => !counts.has(loadId));
    if (fresh.length > 0) {
      const load = await decide(context, around, fresh);
      await completeOrGone(engine, load);
      begunHere.delete(load.stage);
      if (fresh[0]?.kind !== undefined) await pruneLoads(engine, load);
      for (const file of load.files) counts.set(file.loadId, file.counts);
    }
    return jobs.map(({ loadId }) => counts.get(loadId) ?? { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 });
  } catch (error) {
    throw refused(error, jobs);
  }
}

/** A stage that died before its decision is of no use to anybody. Another process may fill one just now, so only old ones go. */
const FORGOTTEN_MS = 24 * 3_600_000;
const looked = new WeakSet<ClickHouseEngine>();

/** Once in the life of a process: most have none. */
async function dropForgotten(engine: ClickHouseEngine, loads: DecidedLoad[]): Promise<void> {
  if (looked.has(engine)) return;
  looked.add(engine);
  const tables = await engine.query<{ stage: string }>({ sql: "SELECT substring(name, 14) AS stage FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'store_staged_')" });
  const decided = new Set(loads.map(({ stage }) => stage));
  for (const { stage } of tables) if (stageAge(stage) > FORGOTTEN_MS && !decided.has(stage)) await dropStage(engine, stage);
}

async function readSurroundings(engine: ClickHouseEngine): Promise<Surroundings> {
  const [tenants, [server]] = await Promise.all([
    engine.query<{ customerNumber: number; tenant: string }>({ sql: 'SELECT customer_number AS "customerNumber", tenant FROM dim.tenants' }),
    engine.query<{ processors: number }>({ sql: "SELECT toInt32(getSetting('max_threads')) AS processors" }),
  ]);
  return { tenants, processors: server?.processors ?? 1 };
}

/** What was wrong with a file itself is told where it is read. All else may pass, and what the server says is kept as the cause. */
function refused(error: unknown, jobs: LoadJob[]): unknown {
  const work = `Loading ${jobs.map(({ file }) => file).join(', ')}`;
  if (error instanceof WarehouseError) {
    return memoryMayCome(error, work, jobs[0]?.kind === undefined ? 'give the server more, or split the file, and import again: what is there already is not loaded twice' : 'the rows are kept, and tried again');
  }
  if (!(error instanceof Error)) return error;
  // What stands before the server may refuse so: a statement of a load is too long for many a proxy.
  const message = error.message === '' ? 'it was refused without a word' : error.message.split('\n', 1)[0]?.slice(0, 500) ?? '';
  return new WarehouseError('unavailable', `${work} failed: ${message}`, { cause: error });
}
