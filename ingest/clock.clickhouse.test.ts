import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { FULL_SCOPE } from '../warehouse/warehouse.ts';
import type { LoadCounts } from '../warehouse/warehouse.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';
import { ndjsonOf, odCallsRow } from './testing/od-calls-row.ts';
import { BothEngines } from './testing/parity/both-engines.ts';
import { withMedium } from './testing/parity/with-medium.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A call as Hermes writes it that began at an instant. */
function callAt(number: number, startedMs: number, changes: object = {}): object {
  const at = new Date(startedMs).toISOString();
  return { ...odCallsRow(number), CallUniversalTime: `${at.slice(0, 10)} ${at.slice(11, 23)}`, CallUniversalTimeString: at.replaceAll(/\D/g, '').slice(0, 14), ...changes };
}

/** A process whose clock is slow waits for the wrong instants, so that a slow server is one that is right while ours is fast. */
describe.skipIf(!HAS_CLICKHOUSE).each([['fast', { there: 120, here: 0 }], ['slow', { there: 0, here: 120 }]])('a server whose clock is two minutes %s', (_how, { there, here }) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-clock-'));
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer({ clockOffSeconds: there }); }, 120_000);
  beforeEach(() => { if (here !== 0) vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + here * 1000, shouldAdvanceTime: true }); });
  afterEach(() => { vi.useRealTimers(); });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test('gives the figures, lists and ages that DuckDB gives here, of rows until this minute, of closed days and of late rows', async () => {
    const asks = openClickHouse({ url: server.url('default') });
    const [clock] = await asks.query<{ ms: number }>({ sql: 'SELECT now64(3) AS ms' });
    expect(Math.abs((clock?.ms ?? 0) - Date.now() - (there - here) * 1000)).toBeLessThan(30_000);
    await asks.close();

    const both = await BothEngines.open(server.freshUrl());
    const mapping = withMedium('od-calls');
    const load = (name: string, rows: object[]): Promise<LoadCounts> => both.load(join(folder, name), ndjsonOf(rows).toString(), mapping);
    const nowMs = Date.now();
    const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
    try {
      // Yesterday's, and one of each of the last minutes; the last rings now.
      await load('first', [...Array.from({ length: 30 }, (_, n) => callAt(n, today - DAY_MS / 2 + n * 1000)), ...Array.from({ length: 10 }, (_, n) => callAt(100 + n, nowMs - (10 - n) * 30_000)), callAt(200, nowMs - 500, { Abandon: null, CallStatusNum: null, FirstAgent: 0, ConvDuration: 0 })]);
      const agreed = async (): Promise<void> => {
        const day = { from: new Date(today - DAY_MS).toISOString(), to: new Date(today + DAY_MS).toISOString(), zone: 'UTC', where: {} };
        await both.ask({ ...day, measures: ['offered', 'queued', 'service-level', 'wait-p90', 'repeat-rate-24h', 'conversion'], by: ['site', 'day'], totals: true });
        // What the board asks: the last half hour, up to the running minute.
        const end = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
        await both.ask({ from: new Date(end - 30 * MINUTE_MS).toISOString(), to: new Date(end).toISOString(), zone: 'UTC', where: {}, measures: ['offered', 'answered', 'service-level'], by: ['1min'] });
        await both.do((warehouse) => warehouse.freshness(FULL_SCOPE));
        await both.do((warehouse) => warehouse.unfinished('parity'));
        await both.do((warehouse) => warehouse.calls({ ...day, order: 'newest', first: 100 }, FULL_SCOPE));
      };
      await agreed();
      expect((await both.click.freshness(FULL_SCOPE)).dataAt).toBe(new Date(nowMs - 500).toISOString());
      expect((await both.do((warehouse) => warehouse.closeDays({ utcMs: nowMs }))).closed).toContain(new Date(today - DAY_MS).toISOString().slice(0, 10));
      await agreed();
      // A late row opens a day again, and a newer version wins.
      await load('late', [callAt(300, today - DAY_MS / 2), callAt(200, nowMs - 500, { Sequence: 900 })]);
      await agreed();
      expect((await both.do((warehouse) => warehouse.closeDays({ utcMs: nowMs }))).closed).toHaveLength(1);
      await agreed();
    } finally {
      await both.close();
    }
  }, 120_000);

  test('takes loads of several processes one after the other, and loses and doubles nothing', async () => {
    const url = server.freshUrl();
    const engines = [openClickHouse({ url }), openClickHouse({ url })];
    const warehouses = await Promise.all(engines.map((engine) => openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping })));
    await Promise.all(warehouses.map(async (warehouse, process) => {
      for (let n = 0; n < 3; n++) {
        const file = join(folder, `process ${process} ${n}`);
        writeFileSync(file, ndjsonOf([callAt(1000 + process * 100 + n, Date.now()), callAt(1, Date.now() - DAY_MS, { Sequence: 10 * n + process })]));
        await warehouse.load({ loadId: file, source: 'test', file, mapping: 'od-calls' });
      }
    }));
    expect(await engines[0]?.query({ sql: "SELECT count(*) AS calls, countIf(source_sequence = 21) AS newest, (SELECT count(DISTINCT load_mark) FROM store.loads) AS marks, (SELECT load_mark FROM store.state) AS mark, (SELECT count(*) FROM store.decided_loads) AS left FROM store.calls" })).toEqual([{ calls: 7, newest: 1, marks: 6, mark: 6, left: 0 }]);
    await Promise.all(warehouses.map((warehouse) => warehouse.close()));
  }, 60_000);
});
