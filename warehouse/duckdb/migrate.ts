import type { Engine } from '../engine.ts';
import { WarehouseError } from '../warehouse.ts';
import { readSqlFolder } from '../sql-files.ts';
import type { SqlFile } from '../sql-files.ts';

/**
 * Applies the missing files of `sql/migrations/duckdb/`, each in a transaction with its record.
 * @throws WarehouseError `unavailable` when the file was migrated by a newer program.
 */
export async function applyMigrations(engine: Engine, files: SqlFile[] = readSqlFolder('migrations/duckdb')): Promise<{ applied: string[] }> {
  await engine.execute({ sql: `
    CREATE SCHEMA IF NOT EXISTS store;
    CREATE TABLE IF NOT EXISTS store.migrations (name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)` });
  const done = new Set((await engine.query<{ name: string }>({ sql: 'SELECT name FROM store.migrations' })).map((row) => row.name));
  const known = new Set(files.map((file) => file.name));
  const newer = [...done].filter((name) => !known.has(name)).toSorted();
  if (newer.length > 0) {
    throw new WarehouseError('unavailable',
      `The warehouse was written by a newer program: it has the migrations ${newer.join(', ')} that this one does not know. Install the newer program, or use another data folder`);
  }
  const applied: string[] = [];
  for (const file of files.filter(({ name }) => !done.has(name))) {
    try {
      await engine.transaction(async (inside) => {
        await inside.execute({ sql: file.sql });
        await inside.execute({ sql: 'INSERT INTO store.migrations VALUES ($name, current_timestamp::TIMESTAMP)', parameters: { name: file.name } });
      });
    } catch (error) {
      throw new WarehouseError('unavailable', `The migration ${file.name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    applied.push(file.name);
  }
  return { applied };
}
