import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ndjsonOf, odCallsRow } from '../ingest/testing/od-calls-row.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import type { ClickHouseEngine } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres, startPostgres, type RealPostgres } from '../warehouse/operational/fixtures/real-postgres.ts';
import { openStore } from '../warehouse/operational/store.ts';
import { endProcesses, startProcess, type RunningProcess } from './fixtures/processes.ts';

const TOKENS = { VIGIE_CORE_TOKEN: 'core-0123456789-0123456789-0123456789', VIGIE_INGEST_TOKEN: 'ingest-0123456789-0123456789-0123456789' };

describe.skipIf(!HAS_CLICKHOUSE || !hasPostgres('vigie ingest on servers'))('vigie ingest on PostgreSQL and ClickHouse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-ingest-'));
  let postgres: RealPostgres;
  let stopped = false;
  let clickhouse: TestServer;
  let engine: ClickHouseEngine;
  let storeUrl: string;
  let ingest: RunningProcess;
  let core: RunningProcess;

  beforeAll(async () => {
    [postgres, clickhouse] = await Promise.all([startPostgres(), startTestServer()]);
    const url = clickhouse.freshUrl();
    engine = openClickHouse({ url, origin: 'tests' });
    storeUrl = await postgres.database('ingest');
    const environment = { VIGIE_STORE: storeUrl, VIGIE_WAREHOUSE: url, VIGIE_HISTORY_DAYS: '1', ...TOKENS };
    ingest = startProcess(['ingest', '--data', join(folder, 'ingest')], environment);
    core = startProcess(['telephony', '--data', join(folder, 'core')], { ...environment, VIGIE_INGEST: await ingest.address });
    await core.address;
  }, 240_000);
  afterAll(async () => {
    await endProcesses();
    await engine.close();
    if (!stopped) postgres.stop();
    await clickhouse[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test('fills the first history behind the live floor, each call of a day once', async () => {
    const one = async (sql: string): Promise<unknown> => (await engine.query({ sql }))[0]?.['n'];
    // A day and what there is of today.
    const loaded = "FROM store.loads WHERE source = 'history'";
    await vi.waitFor(async () => { expect(await one(`SELECT uniqExact(splitByChar('/', load_id)[4]) AS n ${loaded}`)).toBe(2); }, { timeout: 150_000, interval: 500 });
    const sight = await fetch(new URL('/sight', await ingest.address));
    expect([sight.status, await sight.json()]).toEqual([200, { status: 'sees', parts: { names: 'ready' } }]);
    // Around midnight two.
    await vi.waitFor(async () => { expect(await one('SELECT count(*) AS n FROM store.closed_days')).toBeGreaterThanOrEqual(1); }, { timeout: 60_000, interval: 500 });
    // Of today some kinds of rows may still be under way.
    await vi.waitFor(async () => {
      expect(await one(`SELECT sum(quarantined) AS n ${loaded}`)).toBe(0);
      expect(await one("SELECT count(*) - count(DISTINCT call_id) AS n FROM store.calls WHERE source = 'history'")).toBe(0);
      expect(await one(`SELECT sumIf(accepted, mapping = 'od-calls') - (SELECT count(*) FROM store.calls WHERE source = 'history') AS n ${loaded}`)).toBe(0);
      expect(await one("SELECT count(*) AS n FROM store.legs WHERE source = 'history' AND (tenant, call_id) NOT IN (SELECT tenant, call_id FROM store.calls)")).toBe(0);
    }, { timeout: 60_000, interval: 500 });
    expect(await one("SELECT sum(offered) AS n FROM store.calls_by_day")).toBeGreaterThan(1000);
  }, 240_000);

  const send = async (id: string): Promise<number> => (await fetch(new URL('/ingest/od-calls', await ingest.address), {
    method: 'POST', headers: { 'authorization': `Bearer ${TOKENS.VIGIE_INGEST_TOKEN}`, 'content-type': 'application/x-ndjson', 'batch-id': id }, body: new Uint8Array(ndjsonOf([{ ...odCallsRow(1), ID: id }])),
  })).status;
  const loaded = (id: string): Promise<void> => vi.waitFor(async () => { expect(await engine.query({ sql: `SELECT count(*) AS n FROM store.calls WHERE call_id = '${id}'` })).toEqual([{ n: 1 }]); }, { timeout: 30_000, interval: 100 });

  test('a warehouse that is held makes the spool grow, which is an incident until it is loaded', async () => {
    const store = await openStore({ connection: { connectionString: storeUrl }, maxConnections: 1 });
    const { incidents } = store;
    const become = (state: string): Promise<void> => vi.waitFor(async () => {
      expect((await incidents.list()).filter(({ detector }) => detector === 'spool-growing')).toMatchObject([{ state, type: 'data-late', affects: { components: [{ component: 'data' }] } }]);
    }, { timeout: 60_000, interval: 200 });
    try {
      expect(await incidents.putDetector({ detector: 'spool-growing', on: true, parameters: { everySeconds: 1, holdSeconds: 1, clearSeconds: 1, usedShare: 1e-9, growingMinutes: 0.05 } }, 'Awa')).toMatchObject({ ok: true });
      process.kill(clickhouse.pid(), 'SIGSTOP');
      try {
        expect(await send('HELD')).toBe(202);
        await become('detected');
      } finally {
        process.kill(clickhouse.pid(), 'SIGCONT');
      }
      const incident = (await incidents.list()).find(({ detector }) => detector === 'spool-growing');
      expect(incident?.evidence[0]?.evidence.values).toMatchObject({ key: expect.stringContaining(join(folder, 'ingest')), rows: expect.any(Number), growingSeconds: expect.any(Number) });
      await loaded('HELD');
      await become('resolved');
    } finally {
      await store.close();
    }
  }, 150_000);

  test('takes rows while PostgreSQL is away, and ends within seconds then, with what it took loaded or on its disk', async () => {
    postgres.stop();
    stopped = true;
    await vi.waitFor(() => { expect(ingest.said()).toMatch(/operational store/); }, { timeout: 30_000, interval: 100 });
    expect(await send('AWAY')).toBeLessThan(300);
    await loaded('AWAY');
    // And not after the hour that a question may last; on a full machine ten seconds are fifteen.
    const began = performance.now();
    expect(await ingest.end('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(30_000);
  }, 90_000);
});
