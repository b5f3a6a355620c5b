import { expect, test } from 'vitest';
import { closeDays } from '../kpi/close-days.ts';
import { kpi } from '../kpi/kpi.ts';
import { fill } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { CLICKHOUSE_NOTES } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import { openClickHouse, type ClickHouseEngine } from './engine.ts';
import { alone } from './load/turn.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';

const NOW = { utcMs: Date.UTC(2026, 3, 30) };
const QUESTION = { measures: ['offered', 'queued', 'talk-time'], by: ['day' as const], from: '2026-03-01', to: '2026-04-29', zone: 'UTC', where: {} };

test.skipIf(!HAS_CLICKHOUSE)('several processes that close days at once, and one that dies meanwhile, write each day once', async () => {
  await using server = await startTestServer();
  const url = server.freshUrl();
  const engines = [1, 2, 3].map(() => openClickHouse({ url }));
  const [engine] = engines;
  if (!engine) throw new Error('no engine');
  try {
    await engine.migrate();
    const { legs, dimensions } = oddHistory(5, 400);
    await fill(CLICKHOUSE_NOTES, engine, { legs, dimensions }, 1);
    const fromRows = (await kpi(engine, QUESTION, FULL_SCOPE)).rows;
    const closed = (await Promise.all(engines.map((one) => closeDays(one, NOW)))).flatMap((answer) => answer.closed);
    expect(closed.length).toBeGreaterThan(2);
    expect(new Set(closed).size).toBe(closed.length);
    expect((await kpi(engine, QUESTION, FULL_SCOPE)).rows).toEqual(fromRows);

    // One day is open again; whoever closes it loses his connection, and his statement goes on at the server.
    await fill(CLICKHOUSE_NOTES, engine, { legs: legs.slice(0, 10) }, 2);
    const again = (await kpi(engine, QUESTION, FULL_SCOPE)).rows;
    const left = engine.execute({ sql: 'INSERT INTO store.calls_by_quarter SELECT c.* FROM store.calls_by_quarter AS c CROSS JOIN numbers(1000000000000) AS n WHERE sipHash64(n.number) = 0', queryId: 'closing' }).catch((error: unknown) => String(error));
    await running(engine, 1);
    // Nor does one that was held up for longer than his turn take anything away.
    const late: ClickHouseEngine = { ...engine, alone: (_what, work) => work('1 = 0') };
    await expect(closeDays(late, NOW)).rejects.toThrow('it is closed later');
    await Promise.all(engines.map((one) => closeDays(one, NOW)));
    expect(await left).toContain('cancelled');
    expect((await kpi(engine, QUESTION, FULL_SCOPE)).rows).toEqual(again);
  } finally {
    await Promise.all(engines.map((one) => one.close()));
  }
}, 120_000);

async function running(engine: ClickHouseEngine, statements: number): Promise<void> {
  while ((await engine.query({ sql: "SELECT 1 AS there FROM system.processes WHERE JSONExtractString(Settings['log_comment'], 'query') = 'closing'" })).length < statements);
}

test.skipIf(!HAS_CLICKHOUSE)('a work that no other process may do waits for the others, for those that died no longer than their turn, and not for works of another kind', async () => {
  await using server = await startTestServer();
  const url = server.freshUrl();
  const [one, other] = [openClickHouse({ url }), openClickHouse({ url })];
  try {
    await one.migrate();
    const told: string[] = [];
    let end = (): void => undefined;
    const first = alone(one, 'closing', async () => {
      told.push('first');
      await new Promise<void>((resolve) => { end = resolve; });
      told.push('first is over');
    });
    while (told.length === 0) await new Promise(setImmediate);
    const second = alone(other, 'closing', async (holds) => {
      told.push('second');
      expect(await other.query({ sql: `SELECT toBool(${holds}) AS alone` })).toEqual([{ alone: true }]);
    });
    await alone(other, 'sweeping', async () => { told.push('another kind'); });
    end();
    await Promise.all([first, second]);
    expect(told).toEqual(['first', 'another kind', 'first is over', 'second']);

    const died: ClickHouseEngine = { ...one, execute: (request) => (request.sql.includes('over/') ? Promise.resolve() : one.execute(request)) };
    await expect(alone(died, 'closing', () => Promise.reject(new Error('cut off')), 1000)).rejects.toThrow('cut off');
    const began = Date.now();
    await alone(other, 'closing', async () => undefined, 1000);
    expect(Date.now() - began).toBeGreaterThan(1000);
    // Whose turn is over makes nothing visible.
    await alone(one, 'closing', async (holds) => {
      await one.execute({ sql: 'TRUNCATE TABLE store.turns' });
      expect(await one.query({ sql: `SELECT toBool(${holds}) AS alone` })).toEqual([{ alone: false }]);
    }, 1000);
  } finally {
    await one.close();
    await other.close();
  }
}, 60_000);
