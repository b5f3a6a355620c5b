import type { Engine } from '../../engine.ts';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { holdKey } from '../../load/held-key.ts';
import { WarehouseError } from '../../warehouse.ts';
import { deriveLegs } from './derive-legs.ts';
import { DROP_UPSERT, dropSuperseded, insertWritten, matchKnown, replaceKnown } from './upsert.ts';
import { committedCounts, nextMark, recordLoads } from './ledger.ts';
import { takeUnwanted } from './quarantine.ts';
import { DROP_REJECTS } from './source.ts';
import { STAGE, stageFiles } from './stage.ts';

export interface LoadContext { engine: Engine; plan: LoadPlan; callerKeySecret: string }
type Inside = Pick<Engine, 'query' | 'execute'>;

/** {@link loadFiles} of one file. */
export async function loadFile(context: LoadContext, job: LoadJob): Promise<LoadCounts> {
  const [counts] = await loadFiles(context, [job]);
  return counts ?? NOTHING;
}

const NOTHING: LoadCounts = { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };

/**
 * Files of one source through one mapping, one transaction: read and check → quarantine → one version per
 * key → compare with what is there → write → ledger. Small files cost little more together than alone.
 * A job that was committed before gives its counts of that time.
 */
export async function loadFiles(context: LoadContext, jobs: LoadJob[]): Promise<LoadCounts[]> {
  try {
    return await attempt(context, jobs, true).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('state machine reached an invalid state'))) throw error;
      return attempt(context, jobs, false);
    });
  } catch (error) {
    // The stage outlives the transaction, and it may be large.
    await dropTemporary(context.engine).catch(() => {});
    throw refused(error, jobs);
  }
}

function attempt(context: LoadContext, jobs: LoadJob[], strict: boolean): Promise<LoadCounts[]> {
  return context.engine.transaction(async (inside) => {
    const counts = await committedCounts(inside, jobs.map(({ loadId }) => loadId));
    const fresh = jobs.filter(({ loadId }) => !counts.has(loadId));
    for (const [index, loaded] of (await write(inside, context, fresh, strict)).entries()) counts.set(fresh[index]?.loadId ?? '', loaded);
    return jobs.map(({ loadId }) => counts.get(loadId) ?? NOTHING);
  });
}

async function write(inside: Inside, { plan, callerKeySecret }: LoadContext, jobs: LoadJob[], strict: boolean): Promise<LoadCounts[]> {
  const [job] = jobs;
  if (job === undefined) return [];
  await holdKey(inside, callerKeySecret, () => inside.execute({ sql: 'INSERT INTO store.caller_key VALUES ($secret, $at)', parameters: { secret: callerKeySecret, at: new Date() } }));
  await dropTemporary(inside);
  const mark = await nextMark(inside);
  const source = await stageFiles(inside, { plan, files: jobs.map(({ file }) => file), jobTenant: job.tenant ?? '', tenants: await tenants(inside), strict });
  await commitStage(inside);
  const staged = await takeUnwanted(inside, { jobs, mark, headerLines: source.headerLines, rejects: plan.source.format !== 'parquet' });
  await dropSuperseded(inside, plan.target);
  const known = await matchKnown(inside, plan);
  const replaced = await replaceKnown(inside, plan.target, { known, mark, parts: jobs.length });
  const written = await insertWritten(inside, plan.target, { known, mark, source: job.source, secret: callerKeySecret });
  if (plan.deriveLegs) await deriveLegs(inside, { mark, source: job.source, updated: known.newer, horizonDays: plan.keyHorizonDays });
  const loads = jobs.map((one, part) => {
    const { good, leftOut, quarantined } = staged[part] ?? { good: 0, leftOut: 0, quarantined: 0 };
    const { rows, oldest, newest } = written[part] ?? { rows: 0, oldest: null, newest: null };
    const updated = replaced[part] ?? 0;
    return { job: one, counts: { accepted: rows - updated, updated, unchanged: good - rows, leftOut, quarantined }, oldest, newest };
  });
  await recordLoads(inside, { plan, mark, loads });
  await dropTemporary(inside);
  return loads.map(({ counts }) => counts);
}

/**
 * So far only temporary tables were written. The engine reads what a transaction itself has written on one
 * thread, what is committed on all; the writer is held all the while, so that nothing comes in between.
 */
async function commitStage(engine: Inside): Promise<void> {
  await engine.execute({ sql: 'COMMIT; BEGIN TRANSACTION' });
}

async function tenants(engine: Inside): Promise<{ customerNumber: number; tenant: string }[]> {
  return engine.query({ sql: 'SELECT customer_number AS "customerNumber", tenant FROM dim.tenants' });
}

async function dropTemporary(engine: Inside): Promise<void> {
  await engine.execute({ sql: `DROP TABLE IF EXISTS ${STAGE}; ${DROP_UPSERT}; ${DROP_REJECTS}` });
}

/** Errors that say nothing of the file: disk, memory, a database that gave up. The same load may work later. */
const OF_THE_ENGINE = /^(IO|Out of Memory|FATAL|INTERNAL|Internal|TransactionContext|Transaction|Connection|INTERRUPT|Interrupt) Error|database has been invalidated/;

/** What the engine says of a file is kept as the cause; whoever imports reads which file it was. */
function refused(error: unknown, jobs: LoadJob[]): unknown {
  const files = jobs.map(({ file }) => file).join(', ');
  if (error instanceof WarehouseError || !(error instanceof Error)) return error;
  if (OF_THE_ENGINE.test(error.message)) return new WarehouseError('unavailable', `The warehouse could not load ${files}: ${error.message.split('\n', 1)[0] ?? ''}`, { cause: error });
  return new WarehouseError('invalid-file', `Loading ${files} failed: ${error.message.split('\n', 1)[0] ?? ''}`, { cause: error });
}
