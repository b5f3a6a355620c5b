import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSqlFolder } from './sql-files.ts';
import { AGENT_STATES_TABLE, CALLS, LEGS } from './tables.ts';
import type { ColumnType } from './tables.ts';
import { DUCKDB, onEachEngine } from './test-support/each-engine.ts';
import type { Engine } from './engine.ts';

const names = (engine: Engine['name']): string[] => readSqlFolder(`migrations/${engine}`).map(({ name }) => name);
const TABLES = { 'store.calls': CALLS, 'store.legs': LEGS, 'store.agent_states': AGENT_STATES_TABLE };

test('every migration is there for both engines', () => {
  expect(names('clickhouse')).toEqual(names('duckdb'));
});

onEachEngine((tested) => {
  describe('migrations', () => {
    let engine: Engine;
    beforeAll(async () => { engine = await tested.open(); });
    afterAll(() => engine.close());

    test('are applied once', async () => {
      expect(await engine.pendingMigrations()).toEqual([]);
      expect((await engine.migrate()).applied).toEqual([]);
    });
    test.each(Object.entries(TABLES))('%s has the columns that the program knows', async (table, columns) => {
      const found = (await tested.columnsOf(engine, table)).filter(({ name }) => name !== 'is_deleted');
      expect(found.map(({ name, type }) => ({ name, type: known(type) }))).toEqual(columns.map(({ name, type }) => ({ name, type: type === 'json' ? 'text' : type })));
    });
    test('a newer schema is refused, with the way out', async () => {
      const other = await tested.open();
      await other.execute({ sql: "INSERT INTO store.migrations VALUES ('9999_from_tomorrow', CAST('2026-01-01 00:00:00' AS TIMESTAMP))" });
      await expect(other.migrate()).rejects.toThrow(/9999_from_tomorrow.*newer program/);
      await expect(other.pendingMigrations()).rejects.toThrow(/9999_from_tomorrow.*newer program/);
      await other.close();
    });
    test('make the same tables as the other engine, column by column', async () => {
      const duck = await DUCKDB.open();
      const tables = await duck.query<{ name: string }>({ sql: "SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() WHERE schema_name IN ('store', 'dim') AND table_name <> 'migrations' ORDER BY name" });
      for (const { name } of tables) {
        const own = (await tested.columnsOf(engine, name)).map((column) => column.name).filter((column) => !['is_deleted', 'one'].includes(column));
        expect([name, own]).toEqual([name, (await DUCKDB.columnsOf(duck, name)).map((column) => column.name)]);
      }
      await duck.close();
    });
  });
});

/** An engine's type in the program's word; JSON is text to some. */
function known(type: string): ColumnType | undefined {
  const plain = type.replace(/^(?:LowCardinality|Nullable)\((.*)\)$/, '$1').replace(/^Nullable\((.*)\)$/, '$1');
  const words: Record<string, ColumnType> = {
    VARCHAR: 'text', String: 'text', INTEGER: 'int', Int32: 'int', BIGINT: 'bigint', Int64: 'bigint', BOOLEAN: 'bool', Bool: 'bool', TIMESTAMP: 'timestamp', "DateTime64(3, 'UTC')": 'timestamp', JSON: 'text',
  };
  return words[plain];
}
