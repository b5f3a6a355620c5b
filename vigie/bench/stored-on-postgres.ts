import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../warehouse/engine.ts';
import type { History } from './generated-calls.ts';
import { startPostgresServer, type PostgresServer } from './postgres-server.ts';
import { madeOnce, openAlone, storedCalls } from './stored-calls.ts';

/** What its administrator has set: nothing, as Debian installs it, or what suits a few gigabytes of its own, fast disks and both processors. */
export type PostgresCare = 'as installed' | 'tuned';

const TUNED = { shared_buffers: '4GB', effective_cache_size: '12GB', work_mem: '128MB', maintenance_work_mem: '1GB', random_page_cost: '1.1', max_parallel_workers_per_gather: '2', max_wal_size: '8GB' };
/** While it is filled: what is lost is made again. */
const FILLING = { ...TUNED, fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' };

/** Key and indexes of an operational database, whose questions are for a call, an agent's calls, and today's of a tenant or a queue. */
const TABLES = {
  calls: { key: 'tenant, call_id', indexes: ['tenant, started_at', 'first_queue, started_at', 'first_agent, started_at', 'started_at'] },
  legs: { key: 'tenant, call_id, leg', indexes: ['tenant, entered_at', 'queue, entered_at', 'agent, entered_at', 'entered_at'] },
};

/** A PostgreSQL server's folder with the rows that DuckDB's data directory of the same history holds. */
export async function makeStoredOnPostgres(history: History): Promise<void> {
  await madeOnce(folderOf(history), async (folder) => {
    const server = await startPostgresServer(folder, FILLING);
    const engine = openAlone(history, 2);
    try {
      for (const [table, { key, indexes }] of Object.entries(TABLES)) {
        await copyTable(engine, server, table, folder);
        process.stderr.write(`PostgreSQL: ${table} is there, its indexes follow\n`);
        await server.client.query(`ALTER TABLE ${table} ADD PRIMARY KEY (${key})`);
        for (const columns of indexes) await server.client.query(`CREATE INDEX ON ${table} (${columns})`);
        await server.client.query(`VACUUM (ANALYZE) ${table}`);
      }
    } finally {
      await engine.close();
      await server.stop();
    }
  });
}

/** A server on what was made. Whoever opened it ends it. */
export function openStoredOnPostgres(history: History, care: PostgresCare): Promise<PostgresServer> {
  return startPostgresServer(folderOf(history), care === 'tuned' ? TUNED : {});
}

/** DuckDB writes the rows as CSV, the server reads them. Columns of fixed width come first, which spares PostgreSQL some reading. */
async function copyTable(engine: Engine, { client }: PostgresServer, table: string, folder: string): Promise<void> {
  const columns = await engine.query<{ name: string; type: string; required: boolean }>({
    sql: `SELECT column_name AS name, CASE data_type WHEN 'TIMESTAMP' THEN 'timestamp(3)' WHEN 'JSON' THEN 'text' WHEN 'VARCHAR' THEN 'text' ELSE data_type END AS type, is_nullable = 'NO' AS required
      FROM information_schema.columns WHERE table_schema = 'store' AND table_name = $table
      ORDER BY CASE data_type WHEN 'BIGINT' THEN 1 WHEN 'TIMESTAMP' THEN 1 WHEN 'INTEGER' THEN 2 WHEN 'BOOLEAN' THEN 3 ELSE 4 END, ordinal_position`,
    parameters: { table },
  });
  const names = columns.map(({ name }) => name).join(', ');
  const file = join(folder, `${table}.csv`);
  await engine.execute({ sql: `COPY (SELECT ${names} FROM store.${table}) TO '${file}' (FORMAT csv, HEADER false, NULLSTR '\\N', FORCE_QUOTE (call_id))` });
  // Its user is another.
  chmodSync(file, 0o644);
  await client.query(`BEGIN; CREATE TABLE ${table} (${columns.map(({ name, type, required }) => `${name} ${type}${required ? ' NOT NULL' : ''}`).join(', ')}); COPY ${table} (${names}) FROM '${file}' (FORMAT csv, NULL '\\N', FREEZE); COMMIT`);
  rmSync(file);
}

function folderOf(history: History): string {
  return storedCalls(history, 'postgres');
}
