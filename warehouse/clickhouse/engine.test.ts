import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { engineContract } from '../engine.contract.ts';
import { tableContract } from '../table.contract.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseEngine } from './engine.ts';
import { tappedLine } from './test-support/tapped-line.ts';
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

  test('whatever is said to a server elsewhere tells who says it, and goes packed', async () => {
    const said: string[] = [];
    const packed: string[] = [];
    await using line = await tappedLine(server.httpPort, ({ url = '', headers }) => {
      said.push(url);
      if (headers['content-encoding'] === 'gzip' && headers['accept-encoding'] === 'gzip') packed.push(url);
    });
    // Another machine's address, as far as anybody can tell.
    await using engine = disposable(openClickHouse({ url: `http://default@127.0.0.2:${line.port}/tagged`, origin: 'tests', watchMs: 150 }));
    // The database is made, migrations applied.
    await engine.migrate();
    await engine.execute({ sql: 'CREATE TABLE kept (n Int64) ENGINE = MergeTree ORDER BY n' });
    await engine.send({ sql: 'INSERT INTO kept FORMAT JSONEachRow', body: Readable.from(['{"n":1}\n']) });
    expect(packed.filter((url) => new URL(url, 'http://server').searchParams.get('query')?.startsWith('INSERT INTO kept'))).toHaveLength(1);
    expect(await engine.query({ sql: 'SELECT n FROM kept WHERE n = $n', parameters: { n: 1 }, large: true, queryId: 'large' })).toEqual([{ n: 1 }]);
    await engine.receive({ sql: 'SELECT n FROM kept FORMAT JSONEachRow' }, async (answer) => { await text(answer); });
    await new Response(await engine.table({ sql: 'SELECT n FROM kept', mostRows: 10 })).arrayBuffer();
    await engine.snapshot((inside) => inside.query({ sql: 'SELECT 1 AS n' }));
    const endless = engine.query({ sql: 'SELECT count(*) AS n FROM numbers(1000000000000) WHERE number % 3 = 5', queryId: 'q' }).catch(() => {});
    // The watch asks after it, then it is killed.
    await expect.poll(() => said.filter((url) => url.includes('query_id') && tagOf(url)?.query === 'q').length).toBeGreaterThan(0);
    const before = said.length;
    await expect.poll(() => said.length, { timeout: 10_000 }).toBeGreaterThan(before);
    await engine.cancel('q');
    await endless;
    expect(said.length).toBeGreaterThan(60);
    expect(said.filter((url) => tagOf(url)?.program !== 'vigie' || tagOf(url)?.origin !== 'tests')).toEqual([]);
    // A table has an id of its own, to be ended by.
    expect([...new Set(said.map((url) => tagOf(url)?.query?.replace(/^[0-9a-f-]{36}$/, 'own')))].toSorted()).toEqual(['large', 'own', 'q', undefined]);
  }, 60_000);

  test('a question that names no limit ends after the engine\'s own, and without one goes on while the server works at it', async () => {
    const slow = { sql: 'SELECT sleep(1.2) AS slept' };
    await using limited = disposable(openClickHouse({ url: server.url('default'), patienceMs: 300 }));
    await expect(limited.query(slow)).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('300 ms') });
    await using patient = disposable(openClickHouse({ url: server.url('default'), patienceMs: null, watchMs: 200 }));
    expect(await patient.query(slow)).toEqual([{ slept: 0 }]);
    expect(await patient.query({ sql: "SELECT toInt32(getSetting('max_execution_time')) AS s" })).toEqual([{ s: 0 }]);
    await expect(patient.query({ ...slow, timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout' });
  });

  test('no more statements than were allowed run at once; the others wait, and come', async () => {
    await using engine = disposable(open(2));
    await using other = disposable(openClickHouse({ url: server.url('default'), origin: 'looks' }));
    const all = Promise.all(Array.from({ length: 7 }, async (_, index) => engine.query({ sql: `SELECT sleep(0.4) AS slept, ${index} AS slow` })));
    const seen: number[] = [];
    // The seven take four turns of 0.4 s.
    for (const until = Date.now() + 1700; Date.now() < until;) seen.push((await other.query<{ n: number }>({ sql: "SELECT count(*) AS n FROM system.processes WHERE query LIKE '%AS slow%' AND query NOT LIKE '%system.processes%'" }))[0]?.n ?? 0);
    expect((await all).map(([row]) => row?.['slow'])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(Math.max(...seen)).toBe(2);
  }, 30_000);

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

const tagSchema = z.object({ program: z.string(), origin: z.string(), query: z.string().optional() });

/** The statement's `log_comment`, which the client sends in the address. */
function tagOf(url: string): z.infer<typeof tagSchema> | null {
  const comment = new URL(url, 'http://server').searchParams.get('log_comment');
  return comment === null ? null : tagSchema.parse(JSON.parse(comment));
}
