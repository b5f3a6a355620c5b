import type { Engine } from '../engine.ts';
import { migrationFailed, pendingMigrations } from '../migrations.ts';
import { readSqlFolder } from '../sql-files.ts';
import type { SqlFile } from '../sql-files.ts';

/** The missing files of `sql/migrations/duckdb/`. @throws WarehouseError `unavailable` when the file was migrated by a newer program. */
export async function pendingFiles(engine: Engine, files: SqlFile[] = readSqlFolder('migrations/duckdb')): Promise<SqlFile[]> {
  const [known] = await engine.query({ sql: "SELECT 1 AS n FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'migrations'" });
  const done = known === undefined ? [] : await engine.query<{ name: string }>({ sql: 'SELECT name FROM store.migrations' });
  return pendingMigrations(files, done.map(({ name }) => name));
}

/** Applies the missing files, each in a transaction with its record. */
export async function applyMigrations(engine: Engine, files?: SqlFile[]): Promise<{ applied: string[] }> {
  const pending = await pendingFiles(engine, files);
  if (pending.length > 0) {
    await engine.execute({ sql: `
      CREATE SCHEMA IF NOT EXISTS store;
      CREATE TABLE IF NOT EXISTS store.migrations (name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)` });
  }
  const applied: string[] = [];
  for (const file of pending) {
    try {
      await engine.transaction(async (inside) => {
        await inside.execute({ sql: file.sql });
        await inside.execute({ sql: 'INSERT INTO store.migrations VALUES ($name, current_timestamp::TIMESTAMP)', parameters: { name: file.name } });
      });
    } catch (error) {
      throw migrationFailed(file.name, error);
    }
    applied.push(file.name);
  }
  return { applied };
}
