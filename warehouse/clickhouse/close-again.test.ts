import { expect, test } from 'vitest';
import { closeDays } from '../kpi/close-days.ts';
import { kpi } from '../kpi/kpi.ts';
import { fill } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { CLICKHOUSE_NOTES } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import { openClickHouse } from './engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';

test.skipIf(!HAS_CLICKHOUSE)('a day that is closed again has its new figures, and no table is made anew for it', async () => {
  await using server = await startTestServer();
  const engine = openClickHouse({ url: server.freshUrl() });
  try {
    await engine.migrate();
    const { legs, dimensions } = oddHistory(3, 60);
    const ofADay = legs.filter(({ entered_at }) => new Date(entered_at).toISOString().startsWith('2026-03-28'));
    const now = { utcMs: Date.UTC(2026, 3, 2) };
    const offered = async (): Promise<unknown> => (await kpi(engine, { measures: ['offered', 'queued'], by: ['queue'], from: '2026-03-28', to: '2026-03-29', zone: 'UTC', where: {} }, FULL_SCOPE)).rows;
    await fill(CLICKHOUSE_NOTES, engine, { legs: ofADay.slice(10), dimensions }, 1);
    await closeDays(engine, now);
    const before = await offered();
    await fill(CLICKHOUSE_NOTES, engine, { legs: ofADay.slice(0, 10) }, 2);
    const fromRows = await offered();
    expect(fromRows).not.toEqual(before);
    expect(await closeDays(engine, now)).toEqual({ closed: ['2026-03-28'] });
    expect(await offered()).toEqual(fromRows);
    expect(await engine.query({ sql: "SELECT table, command FROM system.mutations WHERE database = currentDatabase() AND table LIKE '%\\_by\\_%'" })).toEqual([]);
  } finally {
    await engine.close();
  }
});
