import { sql, type Kysely } from 'kysely';
import type { SqlFile } from '../sql-files.ts';

/** Any fixed number: processes that migrate the same database wait for each other on it. */
const MIGRATION_LOCK = 4_700_001;

/**
 * Runs the migrations that this database has not seen, in order, all in one transaction. Safe from
 * several processes.
 * @throws when the database knows a migration that is not among them: it belongs to a newer program.
 */
export async function migrate<Schema>(database: Kysely<Schema>, migrations: SqlFile[]): Promise<string[]> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
    await sql`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`.execute(transaction);
    const { rows } = await sql<{ name: string }>`select name from schema_migrations order by name`.execute(transaction);
    const applied = rows.map((row) => row.name);
    const foreign = applied.filter((name) => !migrations.some((migration) => migration.name === name));
    if (foreign.length > 0) throw new Error(`the operational store is newer than this program: it has ${foreign.join(', ')}; start the newer program or another store`);
    const missing = migrations.filter(({ name }) => !applied.includes(name));
    for (const { name, sql: statements } of missing) {
      await sql.raw(statements).execute(transaction);
      await sql`insert into schema_migrations (name) values (${name})`.execute(transaction);
    }
    return missing.map(({ name }) => name);
  });
}
