import { afterAll, beforeAll, describe } from 'vitest';
import { openClickHouse } from '../clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../clickhouse/test-support/test-server.ts';
import type { TestServer } from '../clickhouse/test-support/test-server.ts';
import { openDuckDb } from '../duckdb/engine.ts';
import type { Engine } from '../engine.ts';

/** An engine as suites take it that every engine must pass. */
export interface TestEngine {
  name: Engine['name'];
  /** How many random questions are worth their time: a server plans each of them for longer. */
  draws: number;
  /** A new one, migrated, empty. Whoever opens it closes it. */
  open(): Promise<Engine>;
  /** Columns of a table, such as `store.calls`, in order, with the engine's own types. */
  columnsOf(engine: Pick<Engine, 'query'>, table: string): Promise<{ name: string; type: string }[]>;
  /** Writes the mark and the newest event as a load leaves them. */
  noteLoad(engine: Pick<Engine, 'execute'>, load: { mark: number; newestMs: number }): Promise<void>;
}

export const DUCKDB: TestEngine = {
  name: 'duckdb', draws: 120,
  async open() {
    const engine = openDuckDb({ path: ':memory:', threads: 1 });
    await engine.migrate();
    return engine;
  },
  columnsOf: (engine, table) => engine.query({
    sql: "SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE schema_name || '.' || table_name = $table ORDER BY column_index", parameters: { table },
  }),
  noteLoad: (engine, { mark, newestMs }) => engine.execute({
    sql: 'UPDATE store.state SET load_mark = greatest(load_mark, $mark), newest_event = greatest(newest_event, $newest::TIMESTAMP)', parameters: { mark, newest: new Date(newestMs) },
  }),
};

export const CLICKHOUSE_NOTES: Pick<TestEngine, 'columnsOf' | 'noteLoad'> = {
  columnsOf: (engine, table) => engine.query({
    sql: "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = replace($table, '.', '_') AND default_kind <> 'MATERIALIZED' ORDER BY position", parameters: { table },
  }),
  noteLoad: (engine, { mark, newestMs }) => engine.execute({ sql: 'INSERT INTO store.state (load_mark, newest_event) SELECT $mark, $newest', parameters: { mark, newest: new Date(newestMs) } }),
};

/** Defines the tests for each engine; the server's starts with them. */
export function onEachEngine(define: (engine: TestEngine) => void): void {
  describe('DuckDB', () => { define(DUCKDB); });
  describe.skipIf(!HAS_CLICKHOUSE)('ClickHouse', () => {
    let server: TestServer;
    beforeAll(async () => { server = await startTestServer(); });
    afterAll(() => server[Symbol.asyncDispose]());
    define({
      name: 'clickhouse', draws: 24,
      async open() {
        const engine = openClickHouse({ url: server.freshUrl(), origin: 'tests' });
        await engine.migrate();
        return engine;
      },
      ...CLICKHOUSE_NOTES,
    });
  });
}
