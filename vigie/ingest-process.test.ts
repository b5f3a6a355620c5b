import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ndjsonOf, odCallsRow } from '../ingest/testing/od-calls-row.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import type { ClickHouseEngine } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres, startPostgres, type RealPostgres } from '../warehouse/operational/fixtures/real-postgres.ts';
import { endProcesses, startProcess, type RunningProcess } from './fixtures/processes.ts';

const TOKENS = { VIGIE_CORE_TOKEN: 'core-0123456789-0123456789-0123456789', VIGIE_INGEST_TOKEN: 'ingest-0123456789-0123456789-0123456789' };

describe.skipIf(!HAS_CLICKHOUSE || !hasPostgres('vigie ingest on servers'))('vigie ingest on PostgreSQL and ClickHouse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-ingest-'));
  let postgres: RealPostgres;
  let stopped = false;
  let clickhouse: TestServer;
  let engine: ClickHouseEngine;
  let ingest: RunningProcess;
  let core: RunningProcess;

  beforeAll(async () => {
    [postgres, clickhouse] = await Promise.all([startPostgres(), startTestServer()]);
    const url = clickhouse.freshUrl();
    engine = openClickHouse({ url, origin: 'tests' });
    const environment = { VIGIE_STORE: await postgres.database('ingest'), VIGIE_WAREHOUSE: url, VIGIE_HISTORY_DAYS: '2', ...TOKENS };
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
    const history = (): Promise<Record<string, unknown>[]> => engine.query({ sql: "SELECT mapping, count(*) AS days, min(accepted) AS least, CAST(sum(updated + unchanged + quarantined) AS BIGINT) AS odd FROM store.loads WHERE source = 'history' GROUP BY mapping ORDER BY mapping" });
    await vi.waitFor(async () => { expect(await history()).toMatchObject([{ mapping: 'legs', days: 2 }, { mapping: 'od-actions', days: 2 }, { mapping: 'od-calls', days: 2 }]); }, { timeout: 150_000, interval: 500 });
    for (const row of await history()) expect(Number(row['least'])).toBeGreaterThan(50);
    expect(await engine.query({ sql: "SELECT count(*) - count(DISTINCT call_id) AS doubled FROM store.calls WHERE source = 'history'" })).toEqual([{ doubled: 0 }]);
  }, 180_000);

  test('takes rows while PostgreSQL is away, and ends within seconds then, with what it took loaded or on its disk', async () => {
    postgres.stop();
    stopped = true;
    await vi.waitFor(() => { expect(ingest.said()).toMatch(/operational store/); }, { timeout: 30_000, interval: 100 });
    const sent = await fetch(new URL('/ingest/od-calls', await ingest.address), {
      method: 'POST', headers: { 'authorization': `Bearer ${TOKENS.VIGIE_INGEST_TOKEN}`, 'content-type': 'application/x-ndjson', 'batch-id': 'while-away' }, body: new Uint8Array(ndjsonOf([{ ...odCallsRow(1), ID: 'AWAY' }])),
    });
    expect(sent.status).toBeLessThan(300);
    await vi.waitFor(async () => { expect(await engine.query({ sql: "SELECT count(*) AS n FROM store.calls WHERE call_id = 'AWAY'" })).toEqual([{ n: 1 }]); }, { timeout: 30_000, interval: 100 });
    const began = performance.now();
    expect(await ingest.end('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(12_000);
  }, 90_000);
});
