import type { Engine } from '../../engine.ts';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { WarehouseError } from '../../warehouse.ts';
import { deriveLegs } from './derive-legs.ts';
import { DROP_UPSERT, dropSuperseded, insertWritten, matchKnown, replaceKnown } from './upsert.ts';
import { writeQuarantine } from './quarantine.ts';
import { DROP_REJECTS } from './source.ts';
import { STAGE, stageFile } from './stage.ts';

export interface LoadContext { engine: Engine; plan: LoadPlan; callerKeySecret: string }
type Inside = Pick<Engine, 'query' | 'execute'>;

/**
 * One file, one transaction: read and check → quarantine → one version per key → compare with what is
 * there → write → ledger. A load that was committed before gives its counts of that time.
 */
export async function loadFile(context: LoadContext, job: LoadJob): Promise<LoadCounts> {
  try {
    return await attempt(context, job, true);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('state machine reached an invalid state'))) throw refused(error, job);
    return await attempt(context, job, false).catch((second: unknown) => { throw refused(second, job); });
  }
}

function attempt({ engine, plan, callerKeySecret }: LoadContext, job: LoadJob, strict: boolean): Promise<LoadCounts> {
  return engine.transaction(async (inside) => {
    const before = await committedCounts(inside, job.loadId);
    if (before) return before;
    await dropTemporary(inside);
    const mark = await nextMark(inside);
    const source = await stageFile(inside, { plan, file: job.file, jobTenant: job.tenant ?? '', tenants: await tenants(inside), callerKeySecret, strict });
    const quarantined = await writeQuarantine(inside, { job, mark, headerLines: source.headerLines, rejects: plan.source.format !== 'parquet' });
    const leftOut = await takeOut(inside, 'left_out');
    const superseded = await dropSuperseded(inside, plan.target);
    const known = await matchKnown(inside, plan);
    const updated = await replaceKnown(inside, plan.target, { known, mark });
    const written = await insertWritten(inside, plan.target, { known, mark, source: job.source });
    if (plan.deriveLegs) await deriveLegs(inside, { mark, updated });
    const counts: LoadCounts = {
      accepted: written.rows - updated, updated, unchanged: superseded + written.skipped, leftOut, quarantined,
    };
    await inside.execute({
      sql: `INSERT INTO store.loads VALUES ($loadId, $mark, $source, $target, $mapping, $file, $accepted, $updated, $unchanged, $leftOut, $quarantined,
        $oldest::TIMESTAMP, $newest::TIMESTAMP, current_timestamp::TIMESTAMP)`,
      parameters: { loadId: job.loadId, mark, source: job.source, target: plan.target, mapping: plan.name, file: job.file, ...counts, oldest: written.oldest, newest: written.newest },
    });
    await dropTemporary(inside);
    return counts;
  });
}

/** Counts of a committed load; null when it never was. */
export async function committedCounts(engine: Pick<Engine, 'query'>, loadId: string): Promise<LoadCounts | null> {
  const [row] = await engine.query<{ accepted: number; updated: number; unchanged: number; leftOut: number; quarantined: number }>({
    sql: 'SELECT accepted, updated, unchanged, left_out AS "leftOut", quarantined FROM store.loads WHERE load_id = $loadId', parameters: { loadId },
  });
  return row ?? null;
}

/** Removes the stage's rows for which `condition` holds; gives their number. */
export async function takeOut(engine: Inside, condition: string): Promise<number> {
  const [row] = await engine.query<{ n: number }>({ sql: `SELECT count(*) AS n FROM ${STAGE} WHERE ${condition}` });
  if (row === undefined || row.n === 0) return 0;
  await engine.execute({ sql: `DELETE FROM ${STAGE} WHERE ${condition}` });
  return row.n;
}

async function nextMark(engine: Inside): Promise<number> {
  const [row] = await engine.query<{ mark: number }>({ sql: 'SELECT coalesce(max(load_mark), 0) + 1 AS mark FROM store.loads' });
  return row?.mark ?? 1;
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
function refused(error: unknown, job: LoadJob): unknown {
  if (error instanceof WarehouseError || !(error instanceof Error)) return error;
  if (OF_THE_ENGINE.test(error.message)) return new WarehouseError('unavailable', `The warehouse could not load ${job.file}: ${error.message.split('\n', 1)[0] ?? ''}`, { cause: error });
  return new WarehouseError('invalid-file', `Loading ${job.file} failed: ${error.message.split('\n', 1)[0] ?? ''}`, { cause: error });
}
