import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SightCheck } from '../../api/http/health.ts';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import type { ClickHouseEngine } from '../../warehouse/clickhouse/engine.ts';
import { openDoor, type Door } from '../../warehouse/clickhouse/test-support/door.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres, startPostgres, type RealPostgres } from '../../warehouse/operational/fixtures/real-postgres.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { parseConfiguration } from '../configuration.ts';
import { createEnding, type Ending } from './ending.ts';
import { startWarehouse } from './floor-threads.ts';
import { holdKeepingDuty } from './keeping-duty.ts';
import { startStore } from './store.ts';

const PAUSES = { firstRetryMs: 100, longestRetryMs: 400, lateMs: 500 };
const lineSchema = z.object({ level: z.number(), msg: z.string() });

describe.skipIf(!HAS_CLICKHOUSE || !hasPostgres('the duty of one process'))('the duty of one process, on PostgreSQL and ClickHouse', () => {
  let postgres: RealPostgres;
  let clickhouse: TestServer;
  let door: Door;
  let folder: string;
  let engine: ClickHouseEngine;
  let environment: Record<string, string>;
  const endings: Ending[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-keeping-'));
    [postgres, clickhouse] = await Promise.all([startPostgres(), startTestServer()]);
    const url = clickhouse.freshUrl();
    engine = openClickHouse({ url, origin: 'tests' });
    door = await openDoor({ port: clickhouse.httpPort });
    const outside = new URL(url);
    outside.port = String(door.port);
    environment = { VIGIE_STORE: await postgres.database('keeping'), VIGIE_WAREHOUSE: outside.href, VIGIE_SIMULATION: 'off' };
  });
  afterEach(async () => {
    for (const ending of endings.splice(0)) await ending.end(null);
    await door.shut();
    await engine.close();
    postgres.stop();
    await clickhouse[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Process { store: OperationalStore; ending: Ending; hold(): Promise<SightCheck>; said(about: RegExp): string[] }

  /** The parts of one that stands, its warehouse behind the door; it has no duty yet. */
  async function opened(name: string): Promise<Process> {
    const configuration = parseConfiguration({ ...environment, VIGIE_DATA: join(folder, name) }, '/');
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(lineSchema.parse(JSON.parse(line)).msg) });
    const ending = createEnding(logger);
    endings.push(ending);
    const store = await startStore(configuration, logger, ending);
    const warehouse = await startWarehouse(configuration, logger, ending, { closesDays: false, callerKey: 'key', origin: name });
    return {
      store, ending,
      hold: () => holdKeepingDuty({ configuration, connectionString: environment['VIGIE_STORE'] ?? '', store, warehouse, logger, ending, pauses: PAUSES }),
      said: (about) => lines.filter((line) => about.test(line)),
    };
  }
  const copied = async (): Promise<number | null> => (await engine.query<{ version: number | null }>({ sql: 'SELECT max(version) AS version FROM dim.version' }))[0]?.version ?? null;
  const change = (store: OperationalStore, targetSeconds: number): Promise<number> => store.changeQueue({ number: 101, from: '2026-02-01T00:00:00Z', targetSeconds });
  const NOT_COPIED = /was not copied to the warehouse/;

  test('begins when the warehouse answers, though it was held before, and does all of it', async () => {
    const one = await opened('one');
    await door.shut();
    const sight = await one.hold();
    expect(one.said(/keeps the names/)).toHaveLength(1);
    await expect.poll(sight, { timeout: 10_000 }).toMatch(/^the configuration was not copied to the warehouse for \d+ s$/);
    // Said once, however often it was tried.
    expect(one.said(NOT_COPIED)).toHaveLength(1);
    expect(one.said(/incidents were not copied|days were not closed/)).toEqual([]);
    expect(await copied()).toBeNull();
    await door.open();
    await expect.poll(copied, { timeout: 10_000 }).toBe(await one.store.version());
    await expect.poll(sight).toBe('');
    expect(one.said(/is copied to the warehouse again/)).toHaveLength(1);
    await expect.poll(async () => (await engine.query({ sql: 'SELECT count(*) AS n FROM dim.components' }))[0]?.['n'], { timeout: 15_000 }).toBeGreaterThan(0);
    expect(one.said(NOT_COPIED)).toHaveLength(1);
  }, 120_000);

  test('copies the latest of changes that came while the warehouse was away', async () => {
    const one = await opened('one');
    const sight = await one.hold();
    expect(await copied()).toBe(1);
    await door.shut();
    await change(one.store, 11);
    await expect.poll(() => one.said(NOT_COPIED), { timeout: 10_000 }).toHaveLength(1);
    await change(one.store, 12);
    expect(await change(one.store, 13)).toBe(4);
    await expect.poll(sight, { timeout: 10_000 }).toMatch(NOT_COPIED);
    await door.open();
    await expect.poll(copied, { timeout: 10_000 }).toBe(4);
    expect(await engine.query({ sql: "SELECT DISTINCT target_s AS target FROM dim.queues WHERE queue = '101' AND valid_from IS NOT NULL" })).toEqual([{ target: 13 }]);
    await expect.poll(() => [one.said(NOT_COPIED).length, one.said(/copied to the warehouse again/).length, sight()]).toEqual([1, 1, '']);
  }, 120_000);

  test('is no longer tried when it is lost, and anew when it is held again', async () => {
    const one = await opened('one');
    await door.shut();
    await one.hold();
    const client = new pg.Client({ connectionString: environment['VIGIE_STORE'] ?? '' });
    await client.connect();
    await client.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
    await client.end();
    await expect.poll(() => [one.said(/keeps the names/).length, one.said(NOT_COPIED).length], { timeout: 15_000 }).toEqual([2, 2]);
    await door.open();
    await expect.poll(copied, { timeout: 10_000 }).toBe(1);
    await expect.poll(() => one.said(/copied to the warehouse again/)).toHaveLength(1);
  }, 120_000);

  test.each([
    { is: 'away', failures: 1, begins: () => door.shut(), ends: () => door.open() },
    { is: 'silent', failures: 0, begins: async () => { door.silent = true; }, ends: async () => { door.silent = false; } },
  ])('ends in order while it is tried on a warehouse that is $is, and the next process takes it', async ({ failures, begins, ends }) => {
    const [one, two] = [await opened('one'), await opened('two')];
    await begins();
    const held = one.hold();
    await expect.poll(() => [one.said(/keeps the names/).length, one.said(NOT_COPIED).length], { timeout: 10_000 }).toEqual([1, failures]);
    await two.hold();
    const began = performance.now();
    await one.ending.end(null);
    await held;
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(one.said(/did not end in order/)).toEqual([]);
    await expect.poll(() => two.said(/keeps the names/), { timeout: 15_000 }).toHaveLength(1);
    await ends();
    await expect.poll(copied, { timeout: 20_000 }).toBe(1);
  }, 120_000);
});
