import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WarehouseError } from '../warehouse.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseEngine } from './engine.ts';
import { openDoor } from './test-support/door.ts';
import type { Door } from './test-support/door.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';
import type { TestServer } from './test-support/test-server.ts';

/** What refuses it; 'nothing' = it is answered. */
const refusal = (answer: Promise<unknown>): Promise<string> => answer.then(() => 'nothing', (error: unknown) => (error instanceof WarehouseError ? error.code : String(error)));
const ENDLESS = 'SELECT count(*) AS n FROM numbers(1000000000000) WHERE number % 3 = 5';

describe.skipIf(!HAS_CLICKHOUSE)('a server in trouble', () => {
  let server: TestServer;
  let door: Door;
  let direct: ClickHouseEngine;
  beforeAll(async () => {
    server = await startTestServer();
    door = await openDoor({ port: server.httpPort });
    direct = openClickHouse({ url: server.url('default') });
  });
  afterAll(async () => {
    await direct.close();
    await door.shut();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => Object.assign(door, { delayMs: 0, silent: false }));

  const through = (connections?: number): ClickHouseEngine & AsyncDisposable => {
    const engine = openClickHouse({ url: `http://default@127.0.0.1:${door.port}/default`, connections });
    return { ...engine, [Symbol.asyncDispose]: () => engine.close() };
  };
  const running = async (): Promise<number> => (await direct.query<{ n: number }>({ sql: "SELECT count(*) AS n FROM system.processes WHERE query LIKE '%numbers(1000000000000)%' AND query NOT LIKE '%system.processes%'" }))[0]?.n ?? 0;
  const tookMs = async (work: Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work;
    return performance.now() - began;
  };

  test('that answers slowly: answers come, limits hold, and what was given up ends on the server', async () => {
    await using engine = through();
    door.delayMs = 300;
    expect(await engine.query({ sql: 'SELECT 7 AS n' })).toEqual([{ n: 7 }]);
    const late = refusal(engine.query({ sql: 'SELECT 7 AS n', timeoutMs: 200 }));
    expect(await tookMs(late)).toBeLessThan(2000);
    expect(await late).toBe('timeout');
    const asked = refusal(engine.query({ sql: ENDLESS, timeoutMs: 1500 }));
    await expect.poll(running).toBe(1);
    expect(await asked).toBe('timeout');
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
    const cancelled = refusal(engine.query({ sql: ENDLESS, queryId: 'q' }));
    await expect.poll(running).toBe(1);
    await engine.cancel('q');
    expect(await cancelled).toBe('cancelled');
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
  });

  test('that takes connections and never answers: nobody waits beyond his limit, not in the queue either', async () => {
    await using engine = through(2);
    door.silent = true;
    const all = Promise.all(Array.from({ length: 6 }, () => refusal(engine.query({ sql: 'SELECT 1 AS n', timeoutMs: 500 }))));
    expect(await tookMs(all)).toBeLessThan(3000);
    expect(await all).toEqual(Array.from({ length: 6 }, () => 'timeout'));
    door.silent = false;
    expect(await engine.query({ sql: 'SELECT 1 AS n', timeoutMs: 5000 })).toEqual([{ n: 1 }]);
    door.silent = true;
    const last = refusal(engine.query({ sql: 'SELECT 1 AS n' }));
    expect(await tookMs(engine.close())).toBeLessThan(6000);
    expect(await last).toBe('unavailable');
  });

  test('that never answers at the start, or refuses: a start says so', async () => {
    await using engine = through();
    door.silent = true;
    await expect(engine.migrate()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('takes connections and does not answer') });
    door.silent = false;
    await door.shut();
    await expect(engine.migrate()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(`127.0.0.1:${door.port}/default does not answer`) });
    await door.open();
    expect(await engine.query({ sql: 'SELECT 1 AS n' })).toEqual([{ n: 1 }]);
  });
});
