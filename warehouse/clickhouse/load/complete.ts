import { KEYS } from '../../load-plan.ts';
import { TABLE_COLUMNS } from '../../load/targets.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { deriveLegs } from './derive-legs.ts';
import { moveState, recordDecided, recordLoads } from './ledger.ts';
import type { DecidedLoad } from './ledger.ts';
import { FATES, knownName, PLACE, stagedName, writtenRows } from './rows.ts';
import { literal } from './sql-text.ts';
import { touched } from './touched.ts';

/** Up to so many rows are one block, which the server takes once for its token; more only replace themselves. */
const ONE_BLOCK = 1_000_000;

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
  const wide = { max_partitions_per_insert_block: '0' };
  if (refused > 0) {
    const ids = `[${load.files.map(({ loadId }) => literal(loadId)).join(', ')}][part + 1]`;
    await engine.send({
      sql: `INSERT INTO store.quarantine SELECT ${literal(source)}, ${ids}, ${mark}, line, substringUTF8(raw, 1, 65536), problem, now64(3, 'UTC') FROM ${stagedName(stage)} WHERE fate = ${FATES.refused} ORDER BY part, line`,
      settings: token('quarantine'),
    });
  }
  if (load.updatedTogether > 0) await takeAway(engine, load, { ...token('moved'), ...wide });
  if (rows > 0) {
    await engine.execute({ sql: touched(target, mark, `SELECT * FROM ${stagedName(stage)} WHERE ${writtenRows(stage)}`) });
    const columns = TABLE_COLUMNS[target].map(({ name }) => name);
    const values = columns.map((name) => (name === 'source' ? literal(source) : name === 'load_mark' ? String(mark) : name));
    await engine.send({ sql: `INSERT INTO store.${target} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${stagedName(stage)} WHERE ${writtenRows(stage)}`, settings: { ...token('rows'), ...wide } });
    if (load.deriveLegs) await deriveLegs(engine, load, (step) => ({ ...token(step), ...wide }));
  }
  await moveState(engine, load);
  await recordLoads(engine, load);
  await recordDecided(engine, load, 1);
  await dropStage(engine, stage);
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
  await engine.execute({ sql: `DROP TABLE IF EXISTS ${stagedName(stage)} SYNC` });
  await engine.execute({ sql: `DROP TABLE IF EXISTS ${knownName(stage)} SYNC` });
}
