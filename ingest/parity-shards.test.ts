import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createViews } from '../warehouse/kpi/create-views.ts';
import { kpi } from '../warehouse/kpi/kpi.ts';
import { agree } from '../warehouse/kpi/test-support/agree.ts';
import { fill, fillDimensions } from '../warehouse/kpi/test-support/fill.ts';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE } from '../warehouse/clickhouse/test-support/test-server.ts';
import { startTwoShards } from '../warehouse/clickhouse/test-support/two-shards.ts';
import { CLICKHOUSE_NOTES, DUCKDB } from '../warehouse/test-support/each-engine.ts';
import type { Engine } from '../warehouse/engine.ts';
import { FULL_SCOPE, INTERVALS } from '../warehouse/warehouse.ts';
import { parityHistory } from './testing/parity/parity-history.ts';
import { questions } from './testing/parity/questions.ts';

/** Rows that stand where the sharding puts them; how they come there and what closed days say is tested where shards are loaded and closed. */
describe.skipIf(!HAS_CLICKHOUSE)('sixty days with every oddity, on DuckDB and on two ClickHouse servers as shards', () => {
  const { truth } = parityHistory(1);
  // No measure reads when a leg was left.
  const rows = { ...truth, legs: truth.legs.map((leg) => ({ ...leg, left_at: null })) };
  const ends: (() => Promise<void>)[] = [];
  let whole: Engine;
  let sharded: Engine;

  beforeAll(async () => {
    whole = await DUCKDB.open();
    ends.push(() => whole.close());
    await fill(DUCKDB, whole, rows, 1);
    const engines = [];
    for (const { server, options } of await startTwoShards()) {
      ends.unshift(() => server[Symbol.asyncDispose]());
      const engine = openClickHouse(options);
      ends.unshift(() => engine.close());
      engines.push(engine);
      await engine.migrate();
      await createViews(engine);
    }
    const [first, second] = engines;
    if (!first || !second) throw new Error('no servers');
    // With a Keeper what is joined would be on every server by itself.
    await fillDimensions(second, truth.dimensions);
    await fill(CLICKHOUSE_NOTES, first, rows, 1);
    sharded = first;
  }, 120_000);
  afterAll(async () => { for (const end of ends) await end(); });

  /**
   * Shards plan a question for more than a second of a processor. On each run every measure is asked by each dimension, and by each interval
   * with one dimension or two; with PARITY=whole by all of them.
   */
  const asked = [null, ...INTERVALS].flatMap((interval, index) => questions(interval).map((question, place, all) => ({
    ...question, interval, often: interval === null || place === index % all.length,
  }))).filter(({ often }) => often || process.env['PARITY'] === 'whole');

  test.each(asked)('by $interval and $dimensions, every measure is the same', async ({ query: { totals: _totals, ...query } }) => {
    const expected = await kpi(whole, query, FULL_SCOPE);
    expect(expected.rows.length).toBeGreaterThan(0);
    agree(await kpi(sharded, query, FULL_SCOPE), expected, query.by);
  }, 60_000);
});
