import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine, QueryRequest } from '../engine.ts';
import { FULL_SCOPE, INTERVALS, WarehouseError } from '../warehouse.ts';
import type { Dimension, Interval, KpiQuery, Scope } from '../warehouse.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { closeDays } from './close-days.ts';
import { readClosedDays } from './closed-days.ts';
import { kpi } from './kpi.ts';
import { agree } from './test-support/agree.ts';
import { fill } from './test-support/fill.ts';
import { oddHistory } from './test-support/odd-history.ts';
import { aCall } from './test-support/raw-rows.ts';
import { oracle } from './test-support/oracle.ts';
import { FORMULAS } from './test-support/oracle-formulas.ts';
import { ROW_DIMENSIONS, rowMeasures } from './test-support/row-measures.ts';
import type { RowDimension } from './test-support/row-measures.ts';

const history = oddHistory(7, 300);

onEachEngine((tested) => {
  /** Two of the history's four UTC days are closed: queries read rollups and rows side by side. */
  let mixed: Engine;
  /** All are open. */
  let open: Engine;

  let closed: string[] = [];
  beforeAll(async () => {
    [mixed, open] = [await tested.open(), await tested.open()];
    for (const engine of [mixed, open]) await fill(tested, engine, history, 1);
    ({ closed } = await closeDays(mixed, { utcMs: Date.UTC(2026, 2, 29, 6) }));
  });
  afterAll(() => Promise.all([mixed.close(), open.close()]));

  test('the days that are over are closed, the oracle knows every measure', () => {
    expect(closed).toEqual(['2026-03-27', '2026-03-28']);
    expect(Object.keys(FORMULAS).toSorted()).toEqual(rowMeasures().map(({ id }) => id));
  });

  const range = { from: '2026-03-27', to: '2026-03-31' };

  test.each([null, 'queue', 'team', 'agent'] as const)('rows without their flags, waits and ids agree with the oracle by %s', async (dimension) => {
    const by: (Dimension | Interval)[] = [...(dimension ? [dimension] : []), '30min'];
    const asked = rowMeasures().filter((measure) => !dimension || measure.dimensions.includes(dimension)).map(({ id }) => id);
    const query = { ...range, zone: 'Europe/Paris', measures: asked, by, where: {}, totals: true };
    const expected = oracle(history, query, FULL_SCOPE);
    expect(expected.rows.length).toBeGreaterThan(0);
    agree(await kpi(open, query, FULL_SCOPE), expected, by);
    agree(await kpi(mixed, query, FULL_SCOPE), expected, by);
  });

  test('any query gives the same from rows, from rollups and from the oracle', async () => {
    const zones = ['Europe/Paris', 'Africa/Douala', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns', 'UTC'];
    const values: Record<RowDimension, string[]> = {
      tenant: ['ocm', 'sereno', 'none'], site: ['douala', 'lille', ''], campaign: ['800', '801', '803'], queue: ['101', '102', ''], team: ['blue', 'red', 'none'], agent: ['1', '2', '4'],
      medium: ['voice', 'chat'], hour: ['0', '03', '9', '14'], weekday: ['6', '7'],
    };
    const some = (ids: string[]): fc.Arbitrary<string[]> => fc.subarray(ids, { minLength: 1 });
    const where = fc.record(Object.fromEntries(ROW_DIMENSIONS.map((dimension) => [dimension, some(values[dimension])])), { requiredKeys: [] })
      .map((all) => Object.fromEntries(Object.entries(all).slice(0, 2)));
    const allow = (ids: string[]): fc.Arbitrary<'all' | string[]> => fc.oneof({ weight: 4, arbitrary: fc.constant('all' as const) }, { weight: 1, arbitrary: fc.subarray(ids) });
    const scope: fc.Arbitrary<Scope> = fc.record({ tenants: allow(['ocm', 'sereno']), sites: allow(['douala', 'lille']), queues: allow(['101', '103']), teams: allow(['blue', 'red']) });
    const instant = fc.integer({ min: Date.UTC(2026, 2, 27, 12), max: Date.UTC(2026, 2, 30, 20) });
    const bounds = fc.oneof(
      fc.constantFrom(['2026-03-27', '2026-03-31'], ['2026-03-28', '2026-03-29'], ['2026-03-29', '2026-03-30'], ['2026-03-30', '2026-03-30']),
      fc.tuple(instant, instant).map((pair) => pair.toSorted((a, b) => a - b).map((ms) => new Date(ms).toISOString())));
    const query = fc.record({
      measures: fc.subarray(rowMeasures().map(({ id }) => id), { minLength: 1, maxLength: 6 }),
      dimensions: fc.subarray([...ROW_DIMENSIONS], { maxLength: 3 }), interval: fc.option(fc.constantFrom(...INTERVALS)), where, bounds, zone: fc.constantFrom(...zones), scope,
    });
    let [answered, refused] = [0, 0];
    await fc.assert(fc.asyncProperty(query, async (drawn) => {
      const by: (Dimension | Interval)[] = [...drawn.dimensions, ...(drawn.interval ? [drawn.interval] : [])];
      const asked: KpiQuery & { zone: string } = { measures: drawn.measures, by, from: drawn.bounds[0] ?? '', to: drawn.bounds[1] ?? '', zone: drawn.zone, where: drawn.where, totals: true };
      const [fromRows, fromBoth] = await Promise.all([open, mixed].map((engine) => kpi(engine, asked, drawn.scope).catch((error: unknown) => refusal(error))));
      if (typeof fromRows === 'string' || typeof fromBoth === 'string' || !fromRows || !fromBoth) {
        // A dimension that a measure does not have: both must refuse.
        if (fromBoth !== fromRows) throw new Error(`refused differently: ${JSON.stringify([fromRows, fromBoth])}`);
        refused += 1;
        return;
      }
      answered += 1;
      const expected = oracle(history, asked, drawn.scope);
      agree(fromRows, expected, by);
      agree(fromBoth, expected, by);
    }), { numRuns: tested.draws, seed: 11 });
    expect(answered).toBeGreaterThan(tested.draws / 4);
    expect(refused).toBeGreaterThan(tested.draws / 10);
  });

  test('closing is undone by a younger touch and done again', async () => {
    const engine = await tested.open();
    await fill(tested, engine, history, 1);
    const now = { utcMs: Date.UTC(2026, 3, 2) };
    expect((await closeDays(engine, now)).closed).toHaveLength(5);
    expect((await closeDays(engine, now)).closed).toEqual([]);
    const query = { ...range, zone: 'Europe/Paris', measures: ['offered', 'service-level', 'wait-p90', 'logged-time', 'contacts-per-hour'], by: ['60min' as const], where: {}, totals: true };
    // From here on the closed days are remembered, by questions of several statements and of one.
    const alone = { ...query, totals: false };
    agree(await kpi(engine, query, FULL_SCOPE), oracle(history, query, FULL_SCOPE), query.by);
    const late = oddHistory(8, 60);
    await fill(tested, engine, { calls: late.calls.map((call) => ({ ...call, call_id: `late-${call.call_id}` })), legs: late.legs, states: late.states }, 2);
    expect((await readClosedDays(engine)).size).toBeLessThan(5);
    const both = { ...history, calls: [...history.calls, ...late.calls.map((call) => ({ ...call, call_id: `late-${call.call_id}` }))], legs: [...history.legs, ...late.legs], states: [...history.states, ...late.states] };
    const expected = oracle(both, query, FULL_SCOPE);
    const stale = await kpi(engine, alone, FULL_SCOPE);
    const fresh = await kpi(engine, query, FULL_SCOPE);
    agree(fresh, expected, query.by);
    expect(stale).toEqual({ ...fresh, totals: null });
    expect((await closeDays(engine, now)).closed.length).toBeGreaterThan(2);
    agree(await kpi(engine, query, FULL_SCOPE), expected, query.by);
    // Nothing is left to be read from rows: without them the answer is the same.
    await engine.execute({ sql: 'DELETE FROM store.calls WHERE 1 = 1; DELETE FROM store.legs WHERE 1 = 1; DELETE FROM store.agent_states WHERE 1 = 1' });
    agree(await kpi(engine, query, FULL_SCOPE), expected, query.by);
    await engine.close();
  });

  test('rows, totals, the comparison and the load mark are of one state of the data', async () => {
    const engine = await tested.open();
    const load = async (mark: number): Promise<void> => {
      const calls = Array.from({ length: 10 }, (_, index) => aCall({ call_id: `${mark}-${index}`, started_at: Date.UTC(2026, 0, 5 - (index % 2), 12) }));
      await fill(tested, engine, { calls, legs: [], states: [] }, mark);
    };
    await load(1);
    let mark = 1;
    // A load commits before each of the first statements. An engine with snapshots does not see them, the other one asks again.
    const busy: Engine = {
      ...engine,
      snapshot: (work) => engine.snapshot((inside) => work({
        query: async <Row extends Record<string, unknown>>(request: QueryRequest): Promise<Row[]> => {
          const rows = await inside.query<Row>(request);
          if (mark < 6) await load(++mark);
          return rows;
        },
      })),
    };
    const { rows, totals, comparison, loadMark } = await kpi(busy, { measures: ['offered', 'wait-p90'], by: ['site'], from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {}, totals: true, compareTo: 'previous-day' }, FULL_SCOPE);
    expect(mark).toBeGreaterThan(4);
    expect([rows[0]?.['offered'], totals?.['offered'], comparison?.rows[0]?.['offered'], comparison?.totals?.['offered'], loadMark]).toEqual([...Array.from({ length: 4 }, () => 5 * loadMark), loadMark]);
    await engine.close();
  });
});

/** What a query was refused with; any other failure is thrown on. */
function refusal(error: unknown): string {
  if (error instanceof WarehouseError && error.code === 'invalid-query') return error.message;
  throw error;
}
