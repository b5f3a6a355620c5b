import type { LoadTarget } from '../../load-plan.ts';
import { WarehouseError } from '../../warehouse.ts';
import type { LoadCounts } from '../../warehouse.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { instant } from './known.ts';
import { literal } from './sql-text.ts';
import type { Turn } from './turn.ts';

/** Streams load in order: an entry is asked for again only while its file still waits, and is kept this long for whoever looks. */
const STREAM_ENTRIES_KEPT_MS = 3_600_000;
/** Old entries are looked for at every so many marks. */
const PRUNE_EVERY = 500;
/** Of loads that are complete: whoever takes a turn looks for those of the last seconds. */
export const DONE_KEPT = 5000;

/** A load whose every count is known and whose rows are staged: nothing of its files is needed any more. */
export interface DecidedLoad {
  mark: number; stage: string; source: string; target: LoadTarget; mapping: string; deriveLegs: boolean; keyHorizonDays: number | null; updatedTogether: number;
  files: DecidedFile[];
}
export interface DecidedFile { loadId: string; file: string; part: number; counts: LoadCounts; oldest: number | null; newest: number | null }

const COUNTS = 'accepted, updated, unchanged, left_out, quarantined';

/** Counts of the loads of this list that are complete. */
export async function committedCounts(engine: ClickHouseEngine, loadIds: string[]): Promise<Map<string, LoadCounts>> {
  const rows = await engine.query<{ load_id: string; accepted: number; updated: number; unchanged: number; left_out: number; quarantined: number }>({
    sql: `SELECT load_id, ${COUNTS} FROM store.loads WHERE load_id = ANY($loadIds)`, parameters: { loadIds },
  });
  return new Map(rows.map(({ load_id, left_out, ...counts }) => [load_id, { ...counts, leftOut: left_out }]));
}

/** Whoever asks has the turn: nobody else decides until this mark is written or given up. */
export async function nextMark(engine: ClickHouseEngine): Promise<number> {
  return await lastMark(engine) + 1;
}

/** The mark up to which all loads are complete: whoever reads after this sees what they wrote. */
export async function completeMark(engine: ClickHouseEngine): Promise<number> {
  // In this order: what is decided later has a later mark.
  const last = await lastMark(engine);
  const [row] = await engine.query<{ oldest: number | null }>({ sql: 'SELECT min(load_mark) AS oldest FROM store.decided_loads' });
  return Math.min(last, (row?.oldest ?? Infinity) - 1);
}

async function lastMark(engine: ClickHouseEngine): Promise<number> {
  const [row] = await engine.query<{ mark: number }>({
    sql: 'SELECT greatest(coalesce((SELECT max(load_mark) FROM store.state), 0), coalesce((SELECT max(load_mark) FROM store.decided_loads), 0)) AS mark',
  });
  return row?.mark ?? 0;
}

/** Loads that were decided and are not complete. */
export async function decidedLoads(engine: ClickHouseEngine): Promise<DecidedLoad[]> {
  const rows = await engine.query<{
    load_mark: number; load_id: string; source: string; target: LoadTarget; mapping: string; file: string; stage: string; derive_legs: boolean; key_horizon_days: number | null; updated_together: number; part: number;
    accepted: number; updated: number; unchanged: number; left_out: number; quarantined: number; oldest_event: number | null; newest_event: number | null;
  }>({ sql: 'SELECT * FROM store.decided_loads ORDER BY load_mark, part' });
  const loads = new Map<string, DecidedLoad>();
  for (const row of rows) {
    const load = loads.get(row.stage) ?? {
      mark: row.load_mark, stage: row.stage, source: row.source, target: row.target, mapping: row.mapping, deriveLegs: row.derive_legs, keyHorizonDays: row.key_horizon_days, updatedTogether: row.updated_together, files: [],
    };
    loads.set(row.stage, load);
    const { accepted, updated, unchanged, left_out, quarantined } = row;
    load.files.push({ loadId: row.load_id, file: row.file, part: row.part, counts: { accepted, updated, unchanged, leftOut: left_out, quarantined }, oldest: row.oldest_event, newest: row.newest_event });
  }
  return [...loads.values()];
}

const DECIDED = `load_mark, load_id, source, target, mapping, file, stage, derive_legs, key_horizon_days, updated_together, part, ${COUNTS}, oldest_event, newest_event, done`;

/**
 * One statement with one block: all files of the load are decided, or none.
 * @throws WarehouseError `unavailable` when the turn was over before the server came to it.
 */
export async function recordDecided(engine: ClickHouseEngine, load: DecidedLoad, turn: Turn): Promise<void> {
  const { writtenRows } = await engine.send({
    sql: `INSERT INTO store.decided_loads (${DECIDED}) SELECT untuple(arrayJoin([${load.files.map((file) => `tuple(${decidedValues(load, file, 0)})`).join(', ')}])) WHERE ${turn.holds}`,
  });
  if (writtenRows === 0) throw new WarehouseError('unavailable', 'ClickHouse took too long to decide a load: it begins anew');
}

/** Takes the load off those that are under way. */
export async function recordDone(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  await engine.execute({ sql: `INSERT INTO store.decided_loads (${DECIDED}) VALUES ${load.files.map((file) => `(${decidedValues(load, file, 1)})`).join(', ')}` });
}

function decidedValues(load: DecidedLoad, file: DecidedFile, done: 0 | 1): string {
  return `${load.mark}, ${literal(file.loadId)}, ${literal(load.source)}, '${load.target}', ${literal(load.mapping)}, ${literal(file.file)}, '${load.stage}', ${load.deriveLegs}, ${load.keyHorizonDays ?? 'NULL'}, ${load.updatedTogether}, ${file.part},
    ${countsOf(file)}, ${instant(file.oldest)}, ${instant(file.newest)}, ${done}`;
}

/** Writes the files of a load into the ledger: with this it is complete. */
export async function recordLoads(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  await engine.execute({
    sql: `INSERT INTO store.loads VALUES ${load.files.map((file) => `(${literal(file.loadId)}, ${load.mark}, ${literal(load.source)}, '${load.target}', ${literal(load.mapping)}, ${literal(file.file)},
      ${countsOf(file)}, ${instant(file.oldest)}, ${instant(file.newest)}, now64(3, 'UTC'))`).join(', ')}`,
  });
}

/** Forgets what streams loaded long ago, and decisions that were carried out. */
export async function pruneLoads(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  if (load.mark % PRUNE_EVERY !== 0) return;
  await pruneDecided(engine, load.mark - DONE_KEPT);
  await engine.execute({
    sql: 'DELETE FROM store.loads WHERE source = $source AND mapping = $mapping AND committed_at < $before',
    parameters: { source: load.source, mapping: load.mapping, before: new Date(Date.now() - STREAM_ENTRIES_KEPT_MS) },
  });
}

/** A decision whose end were taken away before itself would stand there again: they are merged first, and then both are gone. */
async function pruneDecided(engine: ClickHouseEngine, before: number): Promise<void> {
  // Where the server cannot merge now, the next time will do.
  const merged = await engine.send({ sql: 'OPTIMIZE TABLE store.decided_loads FINAL', settings: { optimize_throw_if_noop: 1 } }).then(() => true, () => false);
  if (merged) await engine.execute({ sql: 'DELETE FROM store.decided_loads WHERE done = 1 AND load_mark < $before', parameters: { before } });
}

/** Moves the state on: the larger ones of what stands there and what is written stay. */
export async function moveState(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  const newest = Math.max(...load.files.map((file) => file.newest ?? -Infinity));
  await engine.execute({ sql: `INSERT INTO store.state (load_mark, newest_event) SELECT ${load.mark}, ${instant(newest === -Infinity ? null : newest)}` });
}

function countsOf({ counts }: DecidedFile): string {
  return `${counts.accepted}, ${counts.updated}, ${counts.unchanged}, ${counts.leftOut}, ${counts.quarantined}`;
}
