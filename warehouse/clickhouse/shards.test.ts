import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDays } from '../kpi/close-days.ts';
import { createViews } from '../kpi/create-views.ts';
import { kpi } from '../kpi/kpi.ts';
import { agree } from '../kpi/test-support/agree.ts';
import { fill, fillDimensions } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { oracle } from '../kpi/test-support/oracle.ts';
import { openCallsPart } from '../calls/calls-part.ts';
import type { Engine } from '../engine.ts';
import { CLICKHOUSE_NOTES, DUCKDB } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import type { AgentTimelineQuery, CallsQuery, Dimension, Interval, KpiQuery, Scope } from '../warehouse.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseEngine } from './engine.ts';
import { HAS_CLICKHOUSE } from './test-support/test-server.ts';
import type { TestServer } from './test-support/test-server.ts';
import { startTwoShards } from './test-support/two-shards.ts';
import { ROW_DIMENSIONS, rowMeasures } from '../kpi/test-support/row-measures.ts';
import type { RowDimension } from '../kpi/test-support/row-measures.ts';

/** Without a Keeper, which the engine from npm does not have: each server is migrated by itself. */
describe.skipIf(!HAS_CLICKHOUSE)('two servers as shards', () => {
  const history = oddHistory(7, 300);
  const servers: TestServer[] = [];
  const engines: ClickHouseEngine[] = [];

  beforeAll(async () => {
    for (const { server, options } of await startTwoShards()) {
      servers.push(server);
      const engine = openClickHouse(options);
      engines.push(engine);
      await engine.migrate();
      await createViews(engine);
    }
    const [first, second] = engines;
    // With a Keeper what is joined would be on every server by itself.
    if (second) await fillDimensions(second, history.dimensions);
    if (first) await fill(CLICKHOUSE_NOTES, first, history, 1);
  });
  afterAll(async () => {
    for (const engine of engines) await engine.close();
    for (const server of servers) await server[Symbol.asyncDispose]();
  });

  const compare = async (engine: ClickHouseEngine): Promise<void> => {
    for (const dimension of [null, 'queue', 'team', 'hour'] as const) {
      const by: (Dimension | Interval)[] = [...dimension === null ? [] : [dimension], 'day'];
      const asked = rowMeasures().filter((measure) => dimension === null || measure.dimensions.includes(dimension)).map(({ id }) => id);
      const query = { from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', measures: asked, by, where: {}, totals: true };
      agree(await kpi(engine, query, FULL_SCOPE), oracle(history, query, FULL_SCOPE), by);
    }
  };

  test('each holds a part of the calls, and all of a call', async () => {
    const counts = await Promise.all(engines.map(async (engine) => (await engine.query<{ calls: number; all: number }>({ sql: 'SELECT (SELECT count(*) FROM store_calls_shard) AS calls, (SELECT count(*) FROM store.calls) AS "all"' }))[0]));
    expect(counts.map((count) => count?.all)).toEqual([300, 300]);
    expect(Math.min(...counts.map((count) => count?.calls ?? 0))).toBeGreaterThan(80);
    expect(counts.reduce((sum, count) => sum + (count?.calls ?? 0), 0)).toBe(300);
  });

  test('every measure is that of the oracle, from rows and from rollups', async () => {
    const [first] = engines;
    if (!first) throw new Error('no server');
    await compare(first);
    expect((await closeDays(first, { utcMs: Date.UTC(2026, 2, 29, 6) })).closed).toEqual(['2026-03-27', '2026-03-28']);
    await compare(first);
  }, 240_000);

  describe('every dimension and every filter give what one engine with all rows gives', () => {
    let whole: Engine;
    beforeAll(async () => {
      whole = await DUCKDB.open();
      await fill(DUCKDB, whole, history, 1);
      // As above: two days from rollups, two from rows.
      await closeDays(whole, { utcMs: Date.UTC(2026, 2, 29, 6) });
    });
    afterAll(() => whole.close());
    const sharded = (): Engine => engines[0] ?? whole;
    const values: Record<RowDimension, string[]> = {
      tenant: ['ocm'], site: ['lille', ''], campaign: ['800', '802'], queue: ['101', '102'], team: ['red'], agent: ['1', '3'], medium: ['voice'], hour: ['8', '9', '22'], weekday: ['6'],
    };
    const scopes: Scope[] = [{ tenants: ['ocm'], sites: ['douala'], queues: 'all', teams: 'all' }, { ...FULL_SCOPE, queues: ['101', '103'], teams: ['blue'] }];

    test.each(ROW_DIMENSIONS)('measures by %s, and where', async (dimension) => {
      // One or two of each fact and of each way of merging: all are compared above.
      const some = ['offered', 'service-level', 'longest-wait', 'wait-p90', 'repeat-rate-7d', 'conversion', 'occupancy', 'agent-contacts'];
      const asked = rowMeasures().filter((measure) => some.includes(measure.id) && measure.dimensions.includes(dimension)).map(({ id }) => id);
      const question = { from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', measures: asked, totals: true };
      const cases: [Pick<KpiQuery, 'by' | 'where'>, Scope][] = [[{ by: [dimension], where: {} }, scopes[0] ?? FULL_SCOPE], [{ by: ['day'], where: { [dimension]: values[dimension] } }, FULL_SCOPE]];
      for (const [part, scope] of cases) {
        const expected = await kpi(whole, { ...question, ...part }, scope);
        expect(expected.rows.length).toBeGreaterThan(0);
        agree(await kpi(sharded(), { ...question, ...part }, scope), { rows: expected.rows, totals: expected.totals ?? {} }, part.by);
      }
    });

    test.each<[CallsQuery['where'], Scope?]>([
      [{}], ...scopes.map((scope): [CallsQuery['where'], Scope] => [{}, scope]),
      [{ tenant: ['sereno'] }], [{ site: ['lille'] }], [{ campaign: ['801'] }], [{ queue: ['102'] }], [{ agent: ['4'] }], [{ team: ['blue'] }], [{ team: ['blue', 'red'] }],
      [{ team: ['red'] }, { ...FULL_SCOPE, teams: ['blue'] }], [{ direction: ['outbound'] }], [{ fate: ['abandoned', 'ivr-only'] }], [{ minWaitSeconds: 20, maxWaitSeconds: 60 }], [{ callId: 'C17' }],
      [{ queue: ['101', '103'], agent: ['1'], team: ['red'], tenant: ['ocm'], fate: ['answered'] }],
    ])('calls where %o', async (where, scope = FULL_SCOPE) => {
      const query: CallsQuery = { from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', where, order: 'longest-wait', first: 40 };
      const expected = await openCallsPart({ engine: whole }).calls(query, scope);
      expect(await openCallsPart({ engine: sharded() }).calls(query, scope)).toEqual(expected);
      expect(expected.totalCount).toBeGreaterThan(0);
    });

    // Who asks is all that these depend on.
    test.each<[string, Scope]>([['everybody', FULL_SCOPE], ['a site', scopes[0] ?? FULL_SCOPE], ['queues and a team', scopes[1] ?? FULL_SCOPE]])('single calls and the age of the data, for %s', async (_who, scope) => {
      expect(await openCallsPart({ engine: sharded() }).freshness(scope)).toEqual(await openCallsPart({ engine: whole }).freshness(scope));
      const { calls } = await openCallsPart({ engine: whole }).calls({ from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', where: {}, order: 'longest-wait', first: 40 }, scope);
      const keys = calls.map(({ tenant, callId }) => ({ tenant, callId }));
      const [found, known] = await Promise.all([sharded(), whole].map((engine) => openCallsPart({ engine }).callDetails(keys, scope)));
      expect(known?.length).toBeGreaterThan(5);
      // What was written as NULL is stored as '' where a column has no NULL.
      expect(found?.map((detail) => ({ ...detail, row: null }))).toEqual(known?.map((detail) => ({ ...detail, row: null })));
    });

    test.each<[AgentTimelineQuery['where'], Scope?]>([
      [{}], ...scopes.map((scope): [AgentTimelineQuery['where'], Scope] => [{}, scope]), [{ tenant: ['ocm'] }], [{ site: ['lille'] }], [{ agent: ['2'] }], [{ team: ['blue'] }], [{ team: ['red'] }, { ...FULL_SCOPE, teams: ['blue'] }],
    ])("agents' days where %o", async (where, scope = FULL_SCOPE) => {
      const query = { from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', where };
      const expected = await openCallsPart({ engine: whole }).agentTimeline(query, scope);
      expect(expected.length).toBeGreaterThan(0);
      expect(await openCallsPart({ engine: sharded() }).agentTimeline(query, scope)).toEqual(expected);
    });
  });

  test('a shard that is gone is told, and when it is back all is there again', async () => {
    const [first] = engines;
    const [, second] = servers;
    if (!first || !second) throw new Error('no server');
    await second.kill();
    await expect(first.query({ sql: 'SELECT count(*) AS n FROM store.calls' })).rejects.toMatchObject({ code: 'unavailable' });
    await second.start();
    await expect.poll(() => first.query({ sql: 'SELECT count(*) AS n FROM store.calls' }).catch(() => null), { timeout: 20_000 }).toEqual([{ n: 300 }]);
  });
});
