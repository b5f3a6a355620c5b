import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { openWarehouse } from '../../warehouse/open-warehouse.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { planForMapping } from '../mapping/plan-for-mapping.ts';
import { ndjsonOf, odCallsRow } from '../testing/od-calls-row.ts';
import { Loader } from './loader.ts';
import { openSpool, type Spool } from './spool.ts';

describe.skipIf(!HAS_CLICKHOUSE)('rows that come in for ClickHouse', () => {
  let server: TestServer;
  let folder: string;
  let engine: Engine;
  let warehouse: Warehouse;
  let spool: Spool;
  let loader: Loader | null = null;
  let failures: string[];
  beforeAll(async () => { server = await startTestServer(); }, 120_000);
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-loader-'));
    failures = [];
    spool = await openSpool({ folder: join(folder, 'spool'), segmentMs: 20 });
  });
  afterEach(async () => {
    await loader?.stop();
    await spool.close();
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(url: string, watchMs?: number): Promise<void> {
    engine = openClickHouse({ url, ...watchMs === undefined ? {} : { watchMs } });
    warehouse = await openWarehouse({ engine, callerKeySecret: 'test', planFor: planForMapping });
    loader = new Loader({ spool, warehouse, firstRetryMs: 50, longestRetryMs: 500, onFailed: ({ error, setAside }) => failures.push(`${setAside ? 'set aside: ' : ''}${String(error)}`) });
    loader.start();
  }
  const send = (first: number, rows: number): Promise<unknown> => spool.append({ source: 'pbx', kind: 'od-calls', batchId: `batch-${first}`, ndjson: ndjsonOf(Array.from({ length: rows }, (_, index) => odCallsRow(first + index))) });
  async function emptied(timeout: number): Promise<void> {
    await expect.poll(async () => (await spool.status()).segments, { timeout, interval: 100 }).toBe(0);
  }
  const counts = (): Promise<unknown> => engine.query({ sql: 'SELECT (SELECT count(*) FROM store.calls) AS calls, (SELECT sum(accepted) FROM store.loads) AS accepted, (SELECT sum(updated + unchanged) FROM store.loads) AS again' });

  test('wait in the spool while nobody answers, and say so; the server may be killed in the middle of anything', async () => {
    await start(server.freshUrl());
    await send(0, 10);
    await emptied(30_000);
    await server.kill();
    await send(10, 10);
    await expect.poll(() => failures.join('\n'), { timeout: 10_000 }).toMatch(/ClickHouse at http:\/\/127\.0\.0\.1:\d+\/test_\d+ does not answer/);
    expect((await spool.status()).segments).toBeGreaterThan(0);
    await server.start();
    for (let batch = 2; batch < 32; batch++) {
      await send(batch * 10, 10);
      if (batch === 10 || batch === 20) {
        await server.kill();
        await pause(100);
        await server.start();
      }
      await pause(30);
    }
    await emptied(60_000);
    expect(await counts()).toEqual([{ calls: 320, accepted: 320, again: 0 }]);
    expect(failures.filter((failure) => failure.startsWith('set aside'))).toEqual([]);
  }, 120_000);

  test('wait as long as the server has no memory, and none is set aside', async () => {
    await using full = await startTestServer({ memoryMb: 400 });
    await start(full.freshUrl());
    await send(0, 10);
    await expect.poll(async () => (await spool.status()).loadedRows, { timeout: 30_000 }).toBe(10);
    expect(await fillMemory(full)).toContain('(total) memory limit exceeded');
    await send(10, 10);
    await send(20, 10);
    // Ten tries, where five for an unknown reason would have been the last.
    await expect.poll(() => fillMemory(full).then(() => failures.length), { timeout: 30_000 }).toBeGreaterThan(9);
    expect(failures.filter((failure) => !/^WarehouseError: Loading .* too little memory .* the rows are kept, and tried again$/.test(failure))).toEqual([]);
    expect(await spool.status()).toMatchObject({ rows: 20, setAside: 0, loadError: expect.stringContaining('too little memory') });
    // What lies in memory is lost.
    await full.kill();
    await full.start();
    await emptied(60_000);
    expect(await counts()).toEqual([{ calls: 30, accepted: 30, again: 0 }]);
    expect(await readdir(join(folder, 'spool/set-aside'))).toEqual([]);
    await loader?.stop();
    await warehouse.close();
  }, 120_000);

  test('come in whole through a line that is slow and breaks', async () => {
    const line = await slowLine(server.httpPort);
    const url = new URL(server.freshUrl());
    url.port = String(line.port);
    await start(url.href);
    for (let batch = 0; batch < 3; batch++) await send(batch * 10, 10);
    await pause(500);
    line.breakNow();
    await emptied(60_000);
    expect(await counts()).toEqual([{ calls: 30, accepted: 30, again: 0 }]);
    await loader?.stop();
    await warehouse.close();
    line.server.close();
  }, 90_000);

  test('are told late when what they were given to takes everything and answers nothing, and come in once when it answers again', async () => {
    const line = await slowLine(server.httpPort);
    const url = new URL(server.freshUrl());
    url.port = String(line.port);
    await start(url.href, 700);
    await send(0, 10);
    await emptied(30_000);
    // Each time at another statement of a load: whatever the server did of it, its answer is gone.
    for (const [round, after] of [0, 60, 200].entries()) {
      failures.length = 0;
      await send(10 + round * 10, 10);
      await pause(after);
      line.swallow(true);
      await expect.poll(() => failures.join('\n'), { timeout: 20_000 }).toMatch(/gives no answer|does not answer/);
      line.swallow(false);
      await emptied(60_000);
    }
    expect(await counts()).toEqual([{ calls: 40, accepted: 40, again: 0 }]);
    await loader?.stop();
    await warehouse.close();
    line.server.close();
  }, 120_000);

  test('and a server that works at a statement for long is waited for', async () => {
    await start(server.freshUrl(), 200);
    const began = performance.now();
    expect(await engine.query({ sql: 'SELECT sum(sleepEachRow(0.5)) AS slept FROM numbers(4)' })).toEqual([{ slept: 0 }]);
    expect(performance.now() - began).toBeGreaterThan(1900);
  }, 60_000);
});

/** Fills a server's memory to within some MB, so that not even its smallest statements run; gives what it says then. */
async function fillMemory({ httpPort }: TestServer): Promise<string> {
  const say = async (sql: string): Promise<string> => (await fetch(`http://127.0.0.1:${httpPort}/`, { method: 'POST', body: sql })).text();
  let said = await say('CREATE TABLE IF NOT EXISTS default.filled (x String) ENGINE = Memory');
  for (const megabytes of [64, 16, 4, 1]) {
    do said = await say(`INSERT INTO default.filled SELECT repeat('x', 1000000) FROM numbers(${megabytes}) SETTINGS max_threads = 1, max_block_size = 16`);
    while (said === '');
  }
  return said;
}

/** A server that passes everything on a little later, can cut all that runs, and can swallow the answers of what is asked from then on. */
async function slowLine(port: number): Promise<{ server: Server; port: number; breakNow(): void; swallow(yes: boolean): void }> {
  const cut = new Set<() => void>();
  let swallows = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]] as const) {
      from.on('data', (chunk) => { if (!swallows || from === near) setTimeout(() => { if (!to.destroyed) to.write(chunk); }, 20); });
      from.on('error', () => { to.destroy(); });
      from.on('close', () => { setTimeout(() => { to.destroy(); }, 30); });
    }
    cut.add(() => { near.destroy(); far.destroy(); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0, breakNow: () => { for (const end of cut) end(); }, swallow: (yes) => { swallows = yes; } };
}
