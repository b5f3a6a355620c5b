import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCallsPart } from './calls/calls-part.ts';
import { openClickHouse } from './clickhouse/engine.ts';
import type { KeepDays } from './clickhouse/keep.ts';
import { HAS_CLICKHOUSE, startTestServer } from './clickhouse/test-support/test-server.ts';
import type { TestServer } from './clickhouse/test-support/test-server.ts';
import { freePort } from './clickhouse/server/server.ts';
import { openDuckDb } from './duckdb/engine.ts';
import type { Engine } from './engine.ts';
import { closeDays } from './kpi/close-days.ts';
import { kpi } from './kpi/kpi.ts';
import { fill } from './kpi/test-support/fill.ts';
import { oddHistory } from './kpi/test-support/odd-history.ts';
import { CLICKHOUSE_NOTES, DUCKDB } from './test-support/each-engine.ts';
import type { TestEngine } from './test-support/each-engine.ts';
import { FULL_SCOPE } from './warehouse.ts';
import type { KpiAnswer, KpiQuery } from './warehouse.ts';

const RANGE = { from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', where: {} };
const ROLLED: KpiQuery = { ...RANGE, measures: ['offered', 'service-level', 'occupancy', 'wait-p90'], by: ['day'], totals: true };
const ask = (engine: Engine, query: Partial<KpiQuery> = {}): Promise<KpiAnswer> => kpi(engine, { ...ROLLED, ...query }, FULL_SCOPE);
const history = oddHistory(7, 150);
const rowsOf = async (engine: Engine): Promise<unknown> => (await engine.query({ sql: 'SELECT (SELECT count(*) FROM store.calls) + (SELECT count(*) FROM store.legs) + (SELECT count(*) FROM store.agent_states) AS n' }))[0]?.['n'];

/** `later` is the same warehouse with rows kept for 40 days. */
async function oldRowsGo(notes: Pick<TestEngine, 'noteLoad'>, engine: Engine, later: () => Promise<Engine>, settle: (engine: Engine) => Promise<void>): Promise<void> {
  await fill(notes, engine, history, 1);
  await closeDays(engine, { utcMs: Date.UTC(2026, 3, 2) });
  const before = await ask(engine);
  const kept = await later();
  // As old as they may become.
  await closeDays(kept, { utcMs: Date.UTC(2026, 4, 5) });
  expect((await ask(kept, { measures: ['conversion'], from: '2026-03-28' })).rows).not.toEqual([]);
  await closeDays(kept, { utcMs: Date.UTC(2026, 4, 20) });
  await settle(kept);
  expect(await rowsOf(kept)).toBe(0);
  const after = await ask(kept);
  expect([after.rows, after.totals]).toEqual([before.rows, before.totals]);
  const parts = openCallsPart({ engine: kept });
  const needing: [string, () => Promise<unknown>][] = [
    ['a measure of the rows', () => ask(kept, { measures: ['conversion'] })], ['another target', () => ask(kept, { targetSeconds: 10, measures: ['service-level'] })],
    ['minutes', () => ask(kept, { measures: ['offered'], by: ['5min'], to: '2026-03-28' })], ['the week after, for callers of the week before', () => ask(kept, { measures: ['repeat-rate-7d'], from: '2026-04-02', to: '2026-04-20' })],
    ['calls', () => parts.calls({ ...RANGE, order: 'newest', first: 10 }, FULL_SCOPE)], ["agents' days", () => parts.agentTimeline(RANGE, FULL_SCOPE)],
  ];
  for (const [name, asked] of needing) expect([name, await asked().then(() => 'answered', (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error))]).toEqual([name, 'gone']);
  // Where nothing ever was, nothing is gone.
  expect((await ask(kept, { measures: ['conversion', 'offered'], from: '2026-02-01', to: '2026-02-03' })).rows.map((row) => row['offered'])).toEqual([0, 0]);
  expect((await parts.calls({ ...RANGE, to: '2026-05-20', order: 'newest', first: 10 }, FULL_SCOPE)).calls).toEqual([]);
  // A row that comes now for a day of then changes none of its figures.
  await fill(notes, kept, { calls: history.calls.slice(0, 20) }, 2);
  expect(await closeDays(kept, { utcMs: Date.UTC(2026, 4, 21) })).toEqual({ closed: [] });
  const late = await ask(kept);
  expect([late.rows, late.totals]).toEqual([before.rows, before.totals]);
}

test('DuckDB takes old rows away, and says so of what needs them', async () => {
  const engine = openDuckDb({ path: ':memory:', threads: 1 });
  await engine.migrate();
  try {
    expect(await engine.keptDays()).toBeNull();
    await oldRowsGo(DUCKDB, engine, async () => ({ ...engine, keptDays: async () => 40 }), async () => {});
  } finally {
    await engine.close();
  }
});

describe.skipIf(!HAS_CLICKHOUSE)('ClickHouse', () => {
  let server: TestServer;
  beforeAll(async () => {
    const tcpPort = await freePort();
    server = await startTestServer({ tcpPort, config: `<remote_servers><alone><shard><replica><host>127.0.0.1</host><port>${tcpPort}</port></replica></shard></alone></remote_servers>` });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each([null, 'alone'])('takes old rows away by itself, and the setting may change (cluster: %s)', async (cluster) => {
    const url = server.freshUrl();
    const open = (keepDays: KeepDays): Engine => openClickHouse({ url, cluster, replicated: false, keepDays, origin: 'tests' });
    const engines = [open(null), open(40), open(50), open('ever')] as const;
    const [plain, forty, fifty, ever] = engines;
    try {
      expect((await forty.pendingMigrations()).at(-1)?.sql).toContain('MODIFY TTL');
      await plain.migrate();
      expect(await plain.keptDays()).toBeNull();
      await oldRowsGo(CLICKHOUSE_NOTES, plain, async () => {
        expect((await forty.migrate()).applied).toEqual(['keep']);
        return forty;
      }, async (engine) => {
        for (const table of ['calls', 'legs', 'agent_states']) await engine.execute({ sql: `OPTIMIZE TABLE store.${table}${cluster === null ? '' : '_shard'} FINAL` });
      });
      // A process that does not name it leaves it; whoever names another one sets it.
      expect(await Promise.all([plain.pendingMigrations(), forty.pendingMigrations()])).toEqual([[], []]);
      expect((await fifty.pendingMigrations()).map(({ name, sql }) => [name, sql.match(/toIntervalDay\(53\)/g)?.length])).toEqual([['keep', 5]]);
      await fifty.migrate();
      expect(await plain.keptDays()).toBe(50);
      expect((await ever.migrate()).applied).toEqual(['keep']);
      expect(await plain.keptDays()).toBeNull();
    } finally {
      for (const engine of engines) await engine.close();
    }
  });
});
