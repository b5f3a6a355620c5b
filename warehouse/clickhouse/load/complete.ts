import { KEYS } from '../../load-plan.ts';
import { TABLE_COLUMNS } from '../../load/targets.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { deriveLegs } from './derive-legs.ts';
import { moveState, recordDone, recordLoads } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { FATES, knownName, PLACE, stagedName, writtenRows } from './rows.ts';
import { literal } from './sql-text.ts';
import { touched } from './touched.ts';

/** Up to so many rows are one block, which the server takes once for its token; more only replace themselves. */
const ONE_BLOCK = 1_000_000;
/** More are written by several statements at once. */
const WRITERS = 4;

/**
 * Carries out what was decided. Every step may be done twice, in part or by two processes at once, and gives the same: the stage
 * does not change, the same rows have the same versions and replace themselves, notes are sets, the state is a maximum, and small
 * loads have a token for each step besides, so that the server does not even write them again. The ledger's entry comes last:
 * with it the load is complete, without it whoever comes next carries it out from the first step.
 *
 * Days are noted before rows, so that no closed day is read from its rollups while its rows change.
 */
export async function completeLoad(engine: ClickHouseEngine, load: DecidedLoad): Promise<void> {
  const { mark, stage, source, target } = load;
  const rows = load.files.reduce((sum, { counts }) => sum + counts.accepted + counts.updated, 0);
  const refused = load.files.reduce((sum, { counts }) => sum + counts.quarantined, 0);
  const token = (step: string): Record<string, string> => (Math.max(rows, refused) > ONE_BLOCK ? {}
    : { insert_deduplication_token: `vigie/${stage}/${step}`, max_insert_threads: '1', min_insert_block_size_rows: String(2 * ONE_BLOCK), min_insert_block_size_bytes: '0' });
  const noteDays = rows === 0 ? Promise.resolve() : engine.execute({ sql: touched(target, mark, `SELECT * FROM ${stagedName(stage)} WHERE ${writtenRows(stage)}`) });
  const [ranges] = await Promise.all([rangesOf(engine, stage), noteDays]);
  const wide = { max_partitions_per_insert_block: '0' };
  if (refused > 0) {
    const ids = `[${load.files.map(({ loadId }) => literal(loadId)).join(', ')}][part + 1]`;
    await engine.send({
      sql: `INSERT INTO store.quarantine SELECT ${literal(source)}, ${ids}, ${mark}, ${lineInFile(ranges)}, substringUTF8(raw, 1, 65536), problem, now64(3, 'UTC') FROM ${stagedName(stage)} WHERE fate = ${FATES.refused} ORDER BY part, line`,
      settings: token('quarantine'),
    });
  }
  if (load.updatedTogether > 0) await takeAway(engine, load, { ...token('moved'), ...wide });
  if (rows > 0) {
    const columns = TABLE_COLUMNS[target].map(({ name }) => name);
    const values = columns.map((name) => (name === 'source' ? literal(source) : name === 'load_mark' ? String(mark) : name));
    await settled(shared(ranges).map(({ name, where }) => engine.send({
      sql: `INSERT INTO store.${target} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${stagedName(stage)} WHERE ${where}${writtenRows(stage)}`,
      // Each row is there once, so the server need not look for the newest of its versions.
      settings: { ...token(name), ...wide, optimize_on_insert: 0 },
    })));
    if (load.deriveLegs) await deriveLegs(engine, load, (step) => ({ ...token(step), ...wide }));
  }
  await moveState(engine, load);
  await recordLoads(engine, load);
  // The ledger has it: should only one of these be done, whoever comes next does the other.
  await settled([recordDone(engine, load), dropStage(engine, stage)]);
}

/** Nothing is on its way any more when one has failed. */
async function settled(work: Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

interface StagedRange extends Record<string, unknown> { part: number; begins: number; lines: number }

function rangesOf(engine: ClickHouseEngine, stage: string): Promise<StagedRange[]> {
  return engine.query({ sql: `SELECT part, begins, count(*) AS lines FROM ${stagedName(stage)} GROUP BY part, begins ORDER BY part, begins` });
}

/** A row's number in its file: after the lines of the ranges before its own. */
function lineInFile(ranges: StagedRange[]): string {
  const before = ranges.map(({ part, begins }) => ranges.reduce((sum, range) => (range.part === part && range.begins < begins ? sum + range.lines : sum), 0));
  if (before.every((lines) => lines === 0)) return 'line - begins';
  return `line - begins + transform((toInt32(part), begins), [${ranges.map(({ part, begins }) => `(toInt32(${part}), toInt64(${begins}))`).join(', ')}], [${before.map((lines) => `toInt64(${lines})`).join(', ')}], toInt64(0))`;
}

/** The ranges of a large load, shared out among several writers. What a name stands for is the same at every try: the stage does not change. */
function shared(ranges: StagedRange[]): { name: string; where: string }[] {
  const large = ranges.filter(({ begins }) => begins > 0).length;
  const writers = Math.min(WRITERS, large + 1);
  if (writers < 2) return [{ name: 'rows', where: '' }];
  return Array.from({ length: writers }, (_, writer) => {
    const own = ranges.filter((_range, index) => index % writers === writer);
    return { name: `rows/${writer}`, where: `(part, begins) IN (${own.map(({ part, begins }) => `(${part}, ${begins})`).join(', ')}) AND ` };
  });
}

/** The old places of known rows: their days are noted, and where the row stands elsewhere now, the old one is taken away. */
async function takeAway(engine: ClickHouseEngine, { mark, stage, target }: DecidedLoad, settings: Record<string, string>): Promise<void> {
  const replaced = `FROM ${knownName(stage)} WHERE newer >= 1`;
  await engine.execute({ sql: touched(target, mark, `SELECT old_started_at AS started_at, old_entered_at AS entered_at, old_duration_ms AS duration_ms ${replaced}`) });
  if (target === 'agent_states') return;
  const place = PLACE[target];
  const key = KEYS[target].filter((name) => name !== place);
  await engine.send({
    sql: `INSERT INTO store.${target} (${[...new Set([...key, 'started_at', place])].join(', ')}, row_state, source_sequence, load_mark, is_deleted)
      SELECT ${[...key.map((name) => `s.${name}`), ...new Set(['k.old_started_at', `k.old_${place}`])].join(', ')}, k.old_row_state, k.old_source_sequence, ${mark}, 1
      FROM (SELECT * ${replaced}) AS k INNER JOIN ${stagedName(stage)} AS s ON s.part = k.part AND s.line = k.line WHERE s.${place} <> k.old_${place} ORDER BY s.part, s.line`,
    settings,
  });
}

export async function dropStage(engine: ClickHouseEngine, stage: string): Promise<void> {
  await settled([stagedName(stage), knownName(stage)].map((table) => engine.execute({ sql: `DROP TABLE IF EXISTS ${table} SYNC` })));
}
