import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSqlFolder } from '../sql-files.ts';
import { splitStatements, translate } from './dialect.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseEngine } from './engine.ts';
import { applyMigrations } from './migrate.ts';
import { fillPlaceholders } from './placeholders.ts';
import { freePort } from './server/server.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';
import type { TestServer } from './test-support/test-server.ts';

describe.skipIf(!HAS_CLICKHOUSE)('migrations on ClickHouse', () => {
  let server: TestServer;
  beforeAll(async () => {
    const tcpPort = await freePort();
    server = await startTestServer({ tcpPort, config: `<remote_servers><alone><shard><replica><host>127.0.0.1</host><port>${tcpPort}</port></replica></shard></alone></remote_servers>` });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** Opens `count` connections to one new database, as so many processes do. */
  async function together<T>(count: number, work: (engines: ClickHouseEngine[]) => Promise<T>, cluster: string | null = null): Promise<T> {
    const url = server.freshUrl();
    const engines = Array.from({ length: count }, () => openClickHouse({ url, cluster, replicated: false }));
    try {
      return await work(engines);
    } finally {
      for (const engine of engines) await engine.close();
    }
  }
  const schema = async (engine: ClickHouseEngine): Promise<unknown> => engine.query({ sql: "SELECT name, create_table_query AS text FROM system.tables WHERE database = currentDatabase() ORDER BY name" });
  const named = (text: unknown): string => JSON.stringify(text).replaceAll(/test_\d+\.?/g, '').replaceAll(/UUID '[^']*' /g, '');

  test('several processes may migrate at once', async () => {
    const alone = await together(1, async ([engine]) => { await engine?.migrate(); return engine && named(await schema(engine)); });
    await together(4, async (engines) => {
      await Promise.all(engines.map((engine) => engine.migrate()));
      for (const engine of engines) {
        expect(await engine.pendingMigrations()).toEqual([]);
        expect(named(await schema(engine))).toBe(alone);
        expect(await engine.query({ sql: 'SELECT load_mark FROM store.state' })).toEqual([{ load_mark: 0 }]);
      }
    });
  });

  test('what is pending is told without changing anything, not even making the database', async () => {
    await together(1, async ([engine]) => {
      const pending = await engine?.pendingMigrations() ?? [];
      expect(pending[0]?.name).toBe('0001_create_calls');
      expect(pending.map(({ sql }) => sql).join('\n')).not.toMatch(/\{\w+[ }]/);
      expect(await engine?.databaseExists()).toBe(false);
    });
  });

  test('a failing migration names itself; what was before it stays, and it is applied again', async () => {
    await together(1, async ([engine]) => {
      if (!engine) throw new Error('no engine');
      const first = { name: '0001_good', sql: 'CREATE TABLE IF NOT EXISTS store.good{on_cluster} (n Int64) ENGINE = {replicated}MergeTree ORDER BY n' };
      await expect(applyMigrations(engine, [first, { name: '0002_bad', sql: 'CREATE TABLE IF NOT EXISTS store.half (n Int64) ENGINE = MergeTree ORDER BY n; SELECT nonsense' }])).rejects.toThrow('0002_bad');
      expect((await applyMigrations(engine, [first, { name: '0002_bad', sql: 'CREATE TABLE IF NOT EXISTS store.half (n Int64) ENGINE = MergeTree ORDER BY n' }])).applied).toEqual(['0002_bad']);
    });
  });

  /** Dies before its statement of this number, counted from 1. */
  function dying(engine: ClickHouseEngine, before: number, die = async (): Promise<void> => { throw new Error('cut off'); }): ClickHouseEngine {
    let count = 0;
    return {
      ...engine,
      async execute(request) {
        for (const sql of request.parameters ? [request.sql] : splitStatements(request.sql)) {
          count += 1;
          if (count === before) await die();
          await engine.execute({ ...request, sql });
        }
      },
    };
  }

  test.each([null, 'alone'])('one that is cut off before each of its statements in turn comes to the same in the end (cluster: %s)', async (cluster) => {
    const whole = await together(1, async ([engine]) => { await engine?.migrate(); return engine && named(await schema(engine)); }, cluster);
    await together(1, async ([engine]) => {
      if (!engine) throw new Error('no engine');
      // Each try gets one statement further than the one before, in the file that was cut off or in the next.
      let cuts = 0;
      for (let step = 1, pending = (await engine.pendingMigrations()).length; ; step += 1) {
        const fate = await applyMigrations(dying(engine, step)).then(() => 'done', (error: Error) => error.message);
        if (fate === 'done') break;
        if (!fate.endsWith('cut off')) throw new Error(fate);
        cuts += 1;
        const left = (await engine.pendingMigrations()).length;
        // Its files are done: their statements come no more. The first one makes the table of what is done.
        if (left < pending) { pending = left; step = 1; }
      }
      expect(cuts).toBeGreaterThan(40);
      expect(await engine.pendingMigrations()).toEqual([]);
      expect(named(await schema(engine))).toBe(whole);
      expect(await engine.query({ sql: 'SELECT load_mark, newest_event FROM store.state' })).toEqual([{ load_mark: 0, newest_event: null }]);
    }, cluster);
  }, 120_000);

  test('several at once that are cut off here and there are completed by whoever comes next', async () => {
    await together(4, async (engines) => {
      const fates = await Promise.all(engines.map((engine, index) => applyMigrations(dying(engine, 8 + 11 * index)).then(() => 'done', () => 'cut off')));
      expect(fates).toContain('cut off');
      await Promise.all(engines.map((engine) => engine.migrate()));
      for (const engine of engines) expect(await engine.pendingMigrations()).toEqual([]);
      expect(await engines[0]?.query({ sql: 'SELECT load_mark, newest_event FROM store.state' })).toEqual([{ load_mark: 0, newest_event: null }]);
    });
  });

  test('a server that is killed with a statement of a migration on its way is migrated by the next start', async () => {
    await using own = await startTestServer();
    const url = own.freshUrl();
    for (const before of [3, 9, 20]) {
      const engine = openClickHouse({ url });
      const migrating = applyMigrations(dying(engine, before, async () => { setTimeout(() => void own.kill(), 3); })).then(() => 'done', () => 'broken');
      expect(await migrating).toBe('broken');
      await engine.close();
      await own.start();
    }
    const engine = openClickHouse({ url });
    await engine.migrate();
    expect(await engine.pendingMigrations()).toEqual([]);
    expect(await engine.query({ sql: 'SELECT load_mark, newest_event FROM store.state' })).toEqual([{ load_mark: 0, newest_event: null }]);
    await engine.close();
  }, 120_000);

  test('one text serves a cluster too', async () => {
    const text = 'CREATE TABLE store.calls{shard}{on_cluster} (n Int64) ENGINE = {replicated}ReplacingMergeTree(n) ORDER BY n;\n{sharded store.calls by cityHash64(n)};\nCREATE TABLE dim.a{on_cluster} (n Int64) ENGINE = {everywhere}MergeTree ORDER BY n';
    expect(fillPlaceholders(text, { cluster: null, replicated: true })).toBe('CREATE TABLE store.calls (n Int64) ENGINE = ReplacingMergeTree(n) ORDER BY n;\n;\nCREATE TABLE dim.a (n Int64) ENGINE = MergeTree ORDER BY n');
    expect(fillPlaceholders(text, { cluster: "o'c", replicated: true })).toBe("CREATE TABLE store.calls_shard ON CLUSTER 'o\\'c' (n Int64) ENGINE = ReplicatedReplacingMergeTree(n) ORDER BY n;\n"
      + "CREATE TABLE IF NOT EXISTS store.calls ON CLUSTER 'o\\'c' AS store.calls_shard ENGINE = Distributed('o\\'c', currentDatabase(), store_calls_shard, cityHash64(n));\n"
      + "CREATE TABLE dim.a ON CLUSTER 'o\\'c' (n Int64) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{uuid}/everywhere', '{shard}-{replica}') ORDER BY n");
  });

  test('the server can read every statement for a cluster', async () => {
    const engine = openClickHouse({ url: server.freshUrl(), cluster: 'three' });
    const plain = openClickHouse({ url: server.url('default') });
    const statements = readSqlFolder('migrations/clickhouse').flatMap(({ sql }) => splitStatements(fillPlaceholders(sql, engine)));
    expect(statements.length).toBeGreaterThan(30);
    for (const sql of statements) expect(await plain.query({ sql: 'SELECT length(formatQuery($sql)) > 0 AS fine', parameters: { sql: translate(sql).sql } })).toEqual([{ fine: 1 }]);
    await plain.close();
    await engine.close();
  });
});
