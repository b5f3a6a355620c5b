import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineContract } from '../engine.contract.ts';
import { tableContract } from '../table.contract.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseEngine } from './engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';
import type { TestServer } from './test-support/test-server.ts';

describe.skipIf(!HAS_CLICKHOUSE)('ClickHouse', () => {
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer({ memoryMb: 700 }); });
  afterAll(() => server[Symbol.asyncDispose]());
  const open = (connections?: number): ClickHouseEngine => openClickHouse({ url: server.url('default'), connections, origin: 'tests' });

  engineContract('ClickHouse', {
    open: async (limits) => open(limits?.connections),
    endless: 'SELECT count(*) AS n FROM numbers(1000000000000) WHERE number % 3 = 5',
  });

  tableContract('ClickHouse', {
    open: async (limits) => open(limits?.connections),
    numbers: (count) => `SELECT CAST(number AS BIGINT) AS n FROM numbers(${count})`,
    failsAt: (row) => `throwIf(n = ${row})`,
  });

  test('a statement that was cancelled ends on the server too', async () => {
    await using engine = disposable(open());
    const running = engine.query({ sql: 'SELECT count(*) AS n FROM numbers(1000000000000) WHERE number % 3 = 5', queryId: 'q' }).catch(() => {});
    const seen = async (): Promise<string[]> => (await engine.query<{ comment: string }>({ sql: "SELECT Settings['log_comment'] AS comment FROM system.processes WHERE Settings['log_comment'] <> '' AND query NOT LIKE '%system.processes%'" })).map(({ comment }) => comment);
    await expect.poll(seen).toEqual(['{"program":"vigie","origin":"tests","query":"q"}']);
    await engine.cancel('q');
    await running;
    await expect.poll(seen).toEqual([]);
  });

  test('a question that needs too much memory is told so, and the server goes on', async () => {
    await using engine = disposable(open());
    await expect(engine.query({ sql: 'SELECT length(groupArray(toString(number))) AS n FROM numbers(100000000)' })).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') });
    expect(await engine.query({ sql: 'SELECT 1 AS n' })).toEqual([{ n: 1 }]);
  });

  test('a server that is gone is told with its address, without the password; when it is back it answers', async () => {
    await using other = await startTestServer();
    await using engine = disposable(openClickHouse({ url: other.url('default') }));
    await engine.execute({ sql: 'CREATE TABLE kept (n Int64) ENGINE = MergeTree ORDER BY n; INSERT INTO kept VALUES (7)' });
    await other.kill();
    const { port } = new URL(other.url('default'));
    await expect(engine.query({ sql: 'SELECT 1 AS n' })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(`127.0.0.1:${port}/default`) });
    await other.start();
    expect(await engine.query({ sql: 'SELECT n FROM kept' })).toEqual([{ n: 7 }]);
    // The kept connection is to the server that was killed.
    await other.kill();
    await other.start();
    expect(await engine.query({ sql: 'SELECT n FROM kept' })).toEqual([{ n: 7 }]);
    const secret = openClickHouse({ url: 'http://someone:hush@127.0.0.1:9/vigie' });
    await expect(secret.query({ sql: 'SELECT 1' })).rejects.toThrow(/^(?!.*hush).*127\.0\.0\.1:9\/vigie/);
    expect(() => openClickHouse({ url: 'http://someone:hush@127.0.0.1:9' })).toThrow(/^(?!.*hush).*host:8123\/database/);
  });
});

function disposable(engine: ClickHouseEngine): ClickHouseEngine & AsyncDisposable {
  return { ...engine, [Symbol.asyncDispose]: () => engine.close() };
}
