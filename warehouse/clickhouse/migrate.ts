import { migrationFailed, pendingMigrations } from '../migrations.ts';
import { readSqlFolder } from '../sql-files.ts';
import type { SqlFile } from '../sql-files.ts';
import type { ClickHouseEngine } from './engine.ts';
import { keepFile } from './keep.ts';
import type { KeepDays } from './keep.ts';
import { fillPlaceholders } from './placeholders.ts';

/** The missing files of `sql/migrations/clickhouse/`, with their placeholders filled. @throws WarehouseError `unavailable` when a newer program migrated. */
export async function pendingFiles(engine: ClickHouseEngine, files: SqlFile[] = readSqlFolder('migrations/clickhouse'), keep: KeepDays = null): Promise<SqlFile[]> {
  const there = await engine.databaseExists() && (await engine.query({ sql: 'SELECT 1 AS n FROM system.tables WHERE database = currentDatabase() AND name = $name', parameters: { name: 'store_migrations' } })).length > 0;
  const done = there ? await engine.query<{ name: string }>({ sql: 'SELECT name FROM store.migrations' }) : [];
  const lacking = there ? await lackingFunctions(engine, files) : [];
  const kept = await keepFile(engine, keep);
  return [...pendingMigrations(files, done.map(({ name }) => name).filter((name) => !lacking.includes(name))).map(({ name, sql }) => ({ name, sql: fillPlaceholders(sql, engine) })), ...kept ? [kept] : []];
}

/** Files whose functions this server has not: they belong to the server, and a database that came from a backup comes without them. */
async function lackingFunctions(engine: ClickHouseEngine, files: SqlFile[]): Promise<string[]> {
  const there = new Set((await engine.query<{ name: string }>({ sql: "SELECT name FROM system.functions WHERE origin = 'SQLUserDefined'" })).map(({ name }) => name));
  return files.filter(({ sql }) => [...sql.matchAll(/^CREATE FUNCTION IF NOT EXISTS (\w+)/gm)].some(([, name = '']) => !there.has(name))).map(({ name }) => name);
}

/**
 * Applies the missing files. There are no transactions and no locks: every file may be applied twice or by several processes at
 * once, and one that was interrupted is applied again, because its record comes last.
 */
export async function applyMigrations(engine: ClickHouseEngine, files?: SqlFile[], keep: KeepDays = null): Promise<{ applied: string[] }> {
  const pending = await pendingFiles(engine, files, keep);
  if (pending.length > 0) {
    await engine.createDatabase();
    await engine.execute({ sql: fillPlaceholders('CREATE TABLE IF NOT EXISTS store.migrations{on_cluster} (name String, applied_at TIMESTAMP) ENGINE = {everywhere}ReplacingMergeTree(applied_at) ORDER BY name', engine) });
  }
  const applied: string[] = [];
  for (const file of pending) {
    try {
      await engine.execute({ sql: file.sql });
      if (file.name !== 'keep') await engine.execute({ sql: 'INSERT INTO store.migrations SELECT $name, now64(3)', parameters: { name: file.name } });
    } catch (error) {
      throw migrationFailed(file.name, error);
    }
    applied.push(file.name);
  }
  return { applied };
}
