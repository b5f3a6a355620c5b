import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_CLICKHOUSE, startTestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { agree } from '../warehouse/kpi/test-support/agree.ts';
import { oracle } from '../warehouse/kpi/test-support/oracle.ts';
import { FULL_SCOPE, INTERVALS, WarehouseError } from '../warehouse/warehouse.ts';
import type { Dimension, Interval, KpiAnswer, KpiRow, Scope } from '../warehouse/warehouse.ts';
import { BothEngines } from './testing/parity/both-engines.ts';
import type { Asked } from './testing/parity/both-engines.ts';
import { CLOSED_BEFORE } from './testing/parity/days.ts';
import { parityHistory } from './testing/parity/parity-history.ts';
import { DIMENSIONS as PLACES } from './testing/parity/places.ts';
import { questions, WHOLE, ZONES } from './testing/parity/questions.ts';
import { withMedium } from './testing/parity/with-medium.ts';
import { ROW_DIMENSIONS, rowMeasures } from '../warehouse/kpi/test-support/row-measures.ts';
import type { RowDimension } from '../warehouse/kpi/test-support/row-measures.ts';

/** Where there are too many intervals for loops in TypeScript, the oracle is asked for the days around a change of the clock. */
const SAMPLED = { from: '2024-03-29', to: '2024-04-02' };
const LONG: ReadonlySet<Interval | null> = new Set([null, '60min', 'day', 'week', 'month']);

describe.skipIf(!HAS_CLICKHOUSE)('sixty days with every oddity, on DuckDB, on ClickHouse and by the oracle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-parity-'));
  const { truth, files, spoiled } = parityHistory(1);
  let server: TestServer;
  let both: BothEngines;
  /** What was read from rollups and rows, to be read once more from rows alone. */
  const answers = new Map<string, { query: Asked; answer: KpiAnswer }>();

  const closed: string[][] = [];
  beforeAll(async () => {
    server = await startTestServer();
    both = await BothEngines.open(server.freshUrl());
    await both.do((warehouse) => warehouse.syncDimensions(PLACES));
    for (const { stage, kind, text } of files) {
      await both.load(join(folder, `${stage}-${kind}.ndjson`), text, withMedium(kind));
      if (kind === 'od-actions' && (stage === 0 || stage === 2)) closed.push((await both.do((warehouse) => warehouse.closeDays({ utcMs: CLOSED_BEFORE }))).closed);
    }
  }, 300_000);
  afterAll(async () => {
    await both.close();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test('both took the same of every file, closed and opened the same days, and wait for the same calls', async () => {
    // What lasts over midnight closes the day after the last one of a stretch too.
    expect(closed[0]).toEqual(expect.arrayContaining(['2023-10-28', '2023-10-29', '2023-10-30', '2023-12-31', '2024-01-01', '2024-01-02', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-02']));
    expect(closed[1]).toContain('2023-10-29');
    expect(closed[1]).not.toContain('2024-01-01');
    expect(await both.do(async (warehouse) => (await warehouse.quarantine({ limit: 500 })).map(({ raw, reason }) => `${raw} ${reason}`).toSorted())).toHaveLength(spoiled);
    const unfinished = await both.do((warehouse) => warehouse.unfinished('parity').then(({ calls, legs, sessions }) => [...calls, ...legs, ...sessions].map((row) => JSON.stringify(row)).toSorted()));
    expect(unfinished.length).toBeGreaterThan(50);
  });

  describe.each([null, ...INTERVALS])('by %s', (interval) => {
    test.each(questions(interval))('and $dimensions, every measure is the same', async ({ query }) => {
      const answer = await both.ask(query);
      expect(answer.rows.length).toBeGreaterThan(0);
      answers.set(query.by.join(), { query, answer });
      if (LONG.has(interval)) agree(answer, oracle(truth, query, FULL_SCOPE), query.by);
      else agree({ rows: answer.rows.filter((row) => isSampled(row[interval ?? ''])), totals: null }, oracle(truth, { ...query, ...SAMPLED }, FULL_SCOPE), query.by);
    }, 120_000);
  });

  test('any question gives the same on both engines and by the oracle', async () => {
    const values: Record<RowDimension, string[]> = {
      tenant: ['ocm', 'sereno', '77', 'none'], site: ['douala', 'lille', 'montreal', ''], campaign: ['800', '801', '810', ''], queue: ['101', '102', '103', ''], team: ['blue', 'red', 'night', 'none'], agent: ['1', '2', '4', '9'],
      medium: ['voice', 'chat'], hour: ['0', '03', '9', '23'], weekday: ['1', '6', '7'],
    };
    const where = fc.record(Object.fromEntries(ROW_DIMENSIONS.map((dimension) => [dimension, fc.subarray(values[dimension], { minLength: 1 })])), { requiredKeys: [] }).map((all) => Object.fromEntries(Object.entries(all).slice(0, 2)));
    const allow = (ids: string[]): fc.Arbitrary<'all' | string[]> => fc.oneof({ weight: 5, arbitrary: fc.constant('all' as const) }, { weight: 1, arbitrary: fc.subarray(ids) });
    const scope: fc.Arbitrary<Scope> = fc.record({ tenants: allow(['ocm', 'sereno']), sites: allow(['douala', 'lille']), queues: allow(['101', '103']), teams: allow(['blue', 'red']) });
    const instant = (from: string, to: string): fc.Arbitrary<number> => fc.integer({ min: Date.parse(from), max: Date.parse(to) });
    const bounds = fc.oneof(
      fc.constantFrom([WHOLE.from, WHOLE.to], ['2023-10-28', '2023-10-30'], ['2023-12-31', '2024-01-02'], ['2024-02-28', '2024-03-06'], ['2024-03-10', '2024-03-11'], ['2024-03-31', '2024-04-01'], ['2024-04-06', '2024-04-08']),
      fc.oneof(fc.tuple(instant('2023-10-27', '2023-10-31'), instant('2023-10-27', '2024-01-03')), fc.tuple(instant('2024-02-27', '2024-03-05'), instant('2024-02-28', '2024-04-17')))
        .map((pair) => pair.toSorted((a, b) => a - b).map((ms) => new Date(ms).toISOString())));
    const threshold = fc.option(fc.constantFrom(0, 3, 5, 20, 60), { nil: undefined, freq: 4 });
    const drawn = fc.record({
      measures: fc.subarray(rowMeasures().map(({ id }) => id), { minLength: 1, maxLength: 5 }), dimensions: fc.subarray([...ROW_DIMENSIONS], { maxLength: 3 }), interval: fc.option(fc.constantFrom(...INTERVALS)),
      where, bounds, zone: fc.constantFrom(...ZONES), scope, targetSeconds: threshold, shortAbandonSeconds: threshold,
    });
    let answered = 0;
    const runs = 16;
    await fc.assert(fc.asyncProperty(drawn, async ({ dimensions, interval, bounds: [from = '', to = ''], scope: seen, targetSeconds, shortAbandonSeconds, ...rest }) => {
      const by: (Dimension | Interval)[] = [...dimensions, ...(interval ? [interval] : [])];
      const query: Asked = { ...rest, by, from, to, totals: true, ...(targetSeconds === undefined ? {} : { targetSeconds }), ...(shortAbandonSeconds === undefined ? {} : { shortAbandonSeconds }) };
      const [duck, click] = await Promise.all([both.duck, both.click].map((warehouse) => warehouse.kpi(query, seen).catch((error: unknown) => refusal(error))));
      if (typeof duck === 'string' || typeof click === 'string' || !duck || !click) {
        if (click !== duck) throw new Error(`refused differently: ${JSON.stringify([duck, click])}`);
        return;
      }
      answered += 1;
      agree(click, duck, by);
      agree(duck, oracle(truth, query, seen), by);
    }), { numRuns: runs, seed: 23 });
    expect(answered).toBeGreaterThan(runs / 4);
  }, 300_000);

  test('from rows alone every number is what it was', async () => {
    await both.openAllDays();
    const asked = [...answers.values()];
    // On ClickHouse one interval of each group and one group of each interval are enough to tell a rollup from its rows.
    for (const [index, { query, answer }] of asked.entries()) {
      const rows = index % (questions('day').length + 1) === 0 ? await both.ask(query) : await both.duck.kpi(query, FULL_SCOPE);
      agree(rows, answer, query.by);
    }
    expect(asked.length).toBe([null, ...INTERVALS].flatMap(questions).length);
  }, 300_000);
});

/** By the local date that its text begins with. */
function isSampled(interval: KpiRow[string] | undefined): boolean {
  return typeof interval === 'string' && interval.slice(0, 10) >= SAMPLED.from && interval.slice(0, 10) < SAMPLED.to;
}

/** What a query was refused with; any other failure is thrown on. */
function refusal(error: unknown): string {
  if (error instanceof WarehouseError && error.code === 'invalid-query') return error.message;
  throw error;
}
