import { Readable } from 'node:stream';
import type { SqlValue } from '../engine.ts';
import { forgetNames } from '../kpi/names.ts';
import { dimensionTables } from '../load/dimension-tables.ts';
import type { Dimensions } from '../warehouse.ts';
import type { ClickHouseEngine } from './engine.ts';

/**
 * Replaces the copies of the configuration in schema `dim`, each table at one stroke and the version last: what was cut off
 * is done again. An older version than the stored one is ignored.
 */
export async function syncDimensions(engine: ClickHouseEngine, dimensions: Dimensions): Promise<void> {
  const [stored] = await engine.query<{ version: number | null }>({ sql: 'SELECT max(version) AS version FROM dim.version' });
  if (stored?.version !== null && stored !== undefined && stored.version > dimensions.version) return;
  const tables = Object.entries(dimensionTables(dimensions)).toSorted(([a], [b]) => Number(a === 'version') - Number(b === 'version'));
  for (const [table, { columns, rows }] of tables) await replace(engine, `dim.${table}`, columns, rows);
  forgetNames(engine);
}

/** What a table is ordered by, as its statement says it. */
const ORDERING = String.raw`ORDER BY (\w+(?:\(\))?|\([^)]*\))`;

/** Puts the rows in the place of a table's, or of those of them that are within, at one stroke. */
export async function replace(engine: ClickHouseEngine, table: string, columns: string[], rows: SqlValue[][], within: { sql: string; parameters: Record<string, SqlValue> } | null = null): Promise<void> {
  if (rows.length === 0 && (within === null || !(await hasOthers(engine, table, within)))) return engine.execute({ sql: `TRUNCATE TABLE ${table}` });
  const fresh = `${table}_new`;
  await engine.execute({ sql: `DROP TABLE IF EXISTS ${fresh} SYNC` });
  const [made] = await engine.query<{ ordering: string }>({ sql: 'SELECT extract(create_table_query, $ordering) AS ordering FROM system.tables WHERE database = currentDatabase() AND name = $name', parameters: { name: table.replace('.', '_'), ordering: ORDERING } });
  // Not a replica, as `AS` alone would make it: its path in the Keeper is of a cluster's statement, and only this server needs it.
  await engine.execute({ sql: `CREATE TABLE ${fresh} AS ${table} ENGINE = MergeTree ORDER BY ${made?.ordering ?? 'tuple()'}` });
  const lines = rows.map((row) => `${JSON.stringify(Object.fromEntries(row.map((value, index) => [columns[index] ?? '', textOf(value)])))}\n`);
  if (within !== null) await engine.execute({ sql: `INSERT INTO ${fresh} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${table} WHERE NOT (${within.sql})`, parameters: within.parameters });
  if (lines.length > 0) await engine.send({ sql: `INSERT INTO ${fresh} (${columns.join(', ')}) FORMAT JSONEachRow`, body: Readable.from([lines.join('')], { objectMode: false }) });
  await engine.execute({ sql: `ALTER TABLE ${table} REPLACE PARTITION tuple() FROM ${fresh}` });
  await engine.execute({ sql: `DROP TABLE ${fresh} SYNC` });
}

async function hasOthers(engine: ClickHouseEngine, table: string, { sql, parameters }: { sql: string; parameters: Record<string, SqlValue> }): Promise<boolean> {
  return (await engine.query({ sql: `SELECT 1 AS one FROM ${table} WHERE NOT (${sql}) LIMIT 1`, parameters })).length > 0;
}

/** A value as JSONEachRow takes it. */
export function textOf(value: SqlValue): SqlValue {
  return value instanceof Date ? value.toISOString().slice(0, -1).replace('T', ' ') : value;
}
