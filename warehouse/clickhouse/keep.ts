import { FORGET_AFTER_DAYS } from '../engine.ts';
import type { SqlFile } from '../sql-files.ts';
import type { ClickHouseEngine } from './engine.ts';
import { fillPlaceholders } from './placeholders.ts';

/** Days; `ever` takes an earlier limit back; null = as it was set before. */
export type KeepDays = number | 'ever' | null;

/** What the server takes away by age, with the time that tells it. */
const AGED = [['store.calls{shard}', 'started_at'], ['store.legs{shard}', 'entered_at'], ['store.agent_states{shard}', 'started_at'], ['store.quarantine', 'quarantined_at'], ['store.loads', 'committed_at']] as const;
/** A limit as a table's statement says it. */
const LIMIT = String.raw`TTL toDate\(\w+\) \+ toIntervalDay\((\d+)\)`;

/** What is to be said to the server so that it keeps rows for so long; null = it does already. Under this name it stands beside the migrations. */
export async function keepFile(engine: ClickHouseEngine, keep: KeepDays): Promise<SqlFile | null> {
  if (keep === null) return null;
  const set = await limits(engine);
  const wanted = keep === 'ever' ? null : keep + FORGET_AFTER_DAYS;
  const statements = AGED.flatMap(([table, column]) => {
    const name = fillPlaceholders(table, engine).replace('.', '_');
    if ((set.get(name) ?? null) === wanted) return [];
    return [`ALTER TABLE ${table}{on_cluster} ${wanted === null ? 'REMOVE TTL' : `MODIFY TTL toDate(${column}) + toIntervalDay(${wanted})`};`];
  });
  return statements.length === 0 ? null : { name: 'keep', sql: fillPlaceholders(statements.join('\n'), engine) };
}

/** As the server has it, whoever set it. */
export async function keptDays(engine: ClickHouseEngine): Promise<number | null> {
  const days = (await limits(engine)).get(fillPlaceholders('store.calls{shard}', engine).replace('.', '_')) ?? null;
  return days === null ? null : days - FORGET_AFTER_DAYS;
}

async function limits(engine: ClickHouseEngine): Promise<Map<string, number>> {
  if (!await engine.databaseExists()) return new Map();
  const found = await engine.query<{ name: string; days: string }>({
    sql: "SELECT name, extract(create_table_query, $limit) AS days FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'store_')", parameters: { limit: LIMIT },
  });
  return new Map(found.filter(({ days }) => days !== '').map(({ name, days }) => [name, Number(days)]));
}
