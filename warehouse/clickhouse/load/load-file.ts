import { randomBytes } from 'node:crypto';
import { KEYS } from '../../load-plan.ts';
import type { LoadPlan, LoadTarget } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { WarehouseError } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { completeLoad, dropStage } from './complete.ts';
import { noteKnown, noteSuperseded } from './known.ts';
import { committedCounts, decidedLoads, nextMark, pruneLoads, recordDecided, recordDone } from './ledger.ts';
import type { DecidedFile, DecidedLoad } from './ledger.ts';
import { FATES, knownName, stagedName, stageTables, writtenRows } from './rows.ts';
import { paceOf, stageFile } from './stage.ts';
import { takeTurn } from './turn.ts';

export interface LoadContext {
  engine: ClickHouseEngine; plan: LoadPlan; callerKeySecret: string;
  /** See `stageFile`. */
  rangeBytes?: number;
  /** See `takeTurn`. */
  turnMs?: number;
}

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
  const { engine } = context;
  try {
    const decided = await decidedLoads(engine);
    for (const left of decided) if (isLeft(left, jobs)) await completeLeft(engine, left);
    const [counts, around] = await Promise.all([committedCounts(engine, jobs.map(({ loadId }) => loadId)), readSurroundings(engine), dropForgotten(engine, decided)]);
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

/** As long as this a load may be another process's, which completes it itself. */
const ALIVE_MS = 60_000;
const begunHere = new Set<string>();

/** Whether nobody else completes it. Should it be completed twice all the same, it is only work done twice. */
function isLeft({ stage, files }: DecidedLoad, jobs: LoadJob[]): boolean {
  return begunHere.has(stage) || stageAge(stage) > ALIVE_MS || files.some((file) => jobs.some(({ loadId }) => loadId === file.loadId));
}

/** Another process may complete it at the same time and take its stage away; then there is nothing left to do. */
async function completeOrGone(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  await completeLoad(engine, load).catch(async (error: unknown) => {
    if (await isDecided(engine, load)) throw error;
  });
}

/** Should somebody have taken the stage away, nobody can complete the load: its files are still with their owner, and load anew. */
async function completeLeft(engine: ClickHouseEngine, left: DecidedLoad): Promise<void> {
  await completeOrGone(engine, left).catch(async (error: unknown) => {
    const name = stagedName(left.stage).replace('.', '_');
    const there = await engine.query({ sql: 'SELECT 1 AS there FROM system.tables WHERE database = currentDatabase() AND name = $name', parameters: { name } });
    if (there.length > 0) throw error;
    await recordDone(engine, left);
  });
}

async function isDecided(engine: ClickHouseEngine, { stage }: DecidedLoad): Promise<boolean> {
  return (await decidedLoads(engine)).some((load) => load.stage === stage);
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

/** Its name begins with the time that it was made at. */
function stageAge(stage: string): number {
  return Date.now() - Number.parseInt(stage.split('_', 1)[0] ?? '', 36);
}

interface Surroundings { tenants: { customerNumber: number; tenant: string }[]; processors: number }

async function readSurroundings(engine: ClickHouseEngine): Promise<Surroundings> {
  const [tenants, [server]] = await Promise.all([
    engine.query<{ customerNumber: number; tenant: string }>({ sql: 'SELECT customer_number AS "customerNumber", tenant FROM dim.tenants' }),
    engine.query<{ processors: number }>({ sql: "SELECT toInt32(getSetting('max_threads')) AS processors" }),
  ]);
  return { tenants, processors: server?.processors ?? 1 };
}

async function decide({ engine, plan, callerKeySecret, rangeBytes, turnMs }: LoadContext, { tenants, processors }: Surroundings, jobs: LoadJob[]): Promise<DecidedLoad> {
  const stage = `${Date.now().toString(36)}_${randomBytes(6).toString('hex')}`;
  begunHere.add(stage);
  try {
    const tables = stageTables(stage, plan.target);
    await Promise.all([engine.execute({ sql: tables.staged }), engine.execute({ sql: tables.known })]);
    const pace = paceOf(processors);
    const staged = await Promise.allSettled(jobs.map((job, part) => stageFile(engine, { plan, file: job.file, part, stage, jobTenant: job.tenant ?? '', tenants, callerKeySecret, pace, ...rangeBytes === undefined ? {} : { rangeBytes } })));
    for (const one of staged) if (one.status === 'rejected') throw one.reason;
    const counted = await countStaged(engine, stage, plan.target);
    const oldest = Math.min(...counted.map((one) => one.oldest ?? Infinity));
    const newest = Math.max(...counted.map((one) => one.newest ?? -Infinity));
    if (oldest <= newest) {
      // Counted together: the same call may stand in two files.
      if (counted.some(({ keys, good }) => keys < good) || counted.length > 1) await noteSuperseded(engine, stage, plan.target);
      await noteKnown(engine, stage, plan, { oldest, newest });
    }
    const undecided = await countsAndTimes(engine, { plan, jobs, stage, counted });
    const turn = await takeTurn(engine, stage, turnMs);
    const load = { ...undecided, mark: await nextMark(engine) };
    await recordDecided(engine, load, turn);
    return load;
  } catch (error) {
    await dropStage(engine, stage).catch(() => {});
    // Nobody knows whether the decision arrived; if it did, its stage is gone and the load begins anew.
    throw error;
  }
}

interface Counted { part: number; good: number; /** Different ones among the good. */ keys: number; left_out: number; refused: number; oldest: number | null; newest: number | null }

function countStaged(engine: ClickHouseEngine, stage: string, target: LoadTarget): Promise<(Counted & Record<string, unknown>)[]> {
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

async function countsAndTimes(engine: ClickHouseEngine, { plan, jobs, stage, counted }: { plan: LoadPlan; jobs: LoadJob[]; stage: string; counted: Counted[] }): Promise<Omit<DecidedLoad, 'mark'>> {
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

/** What the server says of a file is kept as the cause; whoever imports reads which file it was. */
function refused(error: unknown, jobs: LoadJob[]): unknown {
  if (error instanceof WarehouseError || !(error instanceof Error)) return error;
  const files = jobs.map(({ file }) => file).join(', ');
  const message = error.message.split('\n', 1)[0]?.slice(0, 500) ?? '';
  const ofTheFile = 'type' in error && typeof error.type === 'string' && error.type.startsWith('CANNOT_');
  return new WarehouseError(ofTheFile ? 'invalid-file' : 'unavailable', `Loading ${files} failed: ${message}`, { cause: error });
}
