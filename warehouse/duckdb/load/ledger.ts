import type { Engine } from '../../engine.ts';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';

type Inside = Pick<Engine, 'query' | 'execute'>;

/** Streams load in order: an entry is asked for again only while its file still waits, and is kept this long for whoever looks. */
const STREAM_ENTRIES_KEPT_MS = 3_600_000;
/** Old entries are looked for at every so many marks. */
const PRUNE_EVERY = 500;

export interface FinishedLoad { job: LoadJob; counts: LoadCounts; oldest: Date | null; newest: Date | null }

/** Counts of the loads of this list that were committed. */
export async function committedCounts(engine: Pick<Engine, 'query'>, loadIds: string[]): Promise<Map<string, LoadCounts>> {
  const rows = await engine.query<{ loadId: string; accepted: number; updated: number; unchanged: number; leftOut: number; quarantined: number }>({
    sql: 'SELECT load_id AS "loadId", accepted, updated, unchanged, left_out AS "leftOut", quarantined FROM store.loads WHERE load_id = ANY($loadIds)', parameters: { loadIds },
  });
  return new Map(rows.map(({ loadId, ...counts }) => [loadId, counts]));
}

/** Only the writer asks: no other load can take the same one. */
export async function nextMark(engine: Inside): Promise<number> {
  const [row] = await engine.query<{ mark: number }>({ sql: 'SELECT load_mark + 1 AS mark FROM store.state' });
  return row?.mark ?? 1;
}

/** Writes the loads of one transaction into the ledger and moves the state on. */
export async function recordLoads(engine: Inside, { plan, mark, loads }: { plan: LoadPlan; mark: number; loads: FinishedLoad[] }): Promise<void> {
  for (const { job, counts, oldest, newest } of loads) {
    await engine.execute({
      sql: `INSERT INTO store.loads VALUES ($loadId, $mark, $source, $target, $mapping, $file, $accepted, $updated, $unchanged, $leftOut, $quarantined,
        $oldest::TIMESTAMP, $newest::TIMESTAMP, current_timestamp::TIMESTAMP)`,
      parameters: { loadId: job.loadId, mark, source: job.source, target: plan.target, mapping: plan.name, file: job.file, ...counts, oldest, newest },
    });
  }
  const newest = loads.map((load) => load.newest?.getTime() ?? -Infinity).reduce((a, b) => Math.max(a, b), -Infinity);
  await engine.execute({
    sql: 'UPDATE store.state SET load_mark = $mark, newest_event = greatest(newest_event, $newest::TIMESTAMP)',
    parameters: { mark, newest: newest === -Infinity ? null : new Date(newest) },
  });
  const [first] = loads;
  if (first?.job.kind !== undefined && mark % PRUNE_EVERY === 0) {
    await engine.execute({
      sql: 'DELETE FROM store.loads WHERE source = $source AND mapping = $mapping AND committed_at < $before',
      parameters: { source: first.job.source, mapping: plan.name, before: new Date(Date.now() - STREAM_ENTRIES_KEPT_MS) },
    });
  }
}
