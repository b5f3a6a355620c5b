import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { EmittedRow } from '../../telephony/rows.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { FULL_SCOPE, type Warehouse } from '../../warehouse/warehouse.ts';
import { openDirectory } from '../directory.ts';
import { openRealFloor, type RealFloor } from '../fixtures/real-floor.ts';
import { listen, serveApi, type ServedApi } from '../fixtures/serve.ts';
import { loadRows, openTestWarehouse } from '../fixtures/warehouse.ts';
import type { Board } from './board.ts';
import { openLiveBoards } from './boards.ts';

const OPENED_MS = Date.parse('2026-03-02T06:00:00Z');
const NOW_MS = Date.parse('2026-03-02T09:17:23Z');
const FIGURES = 'queued answered abandoned serviceLevel serviceLevel30 abandonmentRate asaSeconds averageHandleSeconds';
const BOARD = `subscription Live($filter: LiveFilter) { live(filter: $filter) {
  dataAt loadMark zone dayFrom connected historyFrom
  totals { waiting agentsReady agentsTalking agentsLoggedIn offered occupancy ${FIGURES} }
  queues { queue tenant waiting ${FIGURES} serviceLevelTrend }
  lastHour { at offered answered abandoned }
} }`;

const figure = z.number().nullable();
const figures = { queued: figure, answered: figure, abandoned: figure, serviceLevel: figure, serviceLevel30: figure, abandonmentRate: figure, asaSeconds: figure, averageHandleSeconds: figure };
const boardSchema = z.object({ data: z.object({ live: z.object({
  dataAt: z.string().nullable(), loadMark: figure, zone: z.string(), dayFrom: z.string(), connected: z.boolean(), historyFrom: z.string().nullable(),
  totals: z.object({ waiting: z.number(), agentsReady: z.number(), agentsTalking: z.number(), agentsLoggedIn: z.number(), offered: figure, occupancy: figure, ...figures }),
  queues: z.array(z.object({ queue: z.string(), tenant: z.string(), waiting: z.number(), ...figures, serviceLevelTrend: z.array(figure) })),
  lastHour: z.array(z.object({ at: z.string(), offered: z.number(), answered: z.number(), abandoned: z.number() })),
}) }) });
type SeenBoard = z.infer<typeof boardSchema>['data']['live'];

let real: RealFloor;
let warehouse: Warehouse;
let served: ServedApi;
let rows: EmittedRow[];
beforeAll(async () => {
  real = openRealFloor(OPENED_MS);
  warehouse = await openTestWarehouse();
  await warehouse.syncDimensions(toDimensions(real.configuration));
  rows = real.liveUntil(NOW_MS);
  await loadRows(warehouse, rows);
  served = await serveApi(warehouse, { live: real.live, directory: real.directory, clock: real.clock });
});
afterAll(async () => {
  await served.close();
  await warehouse.close();
});

async function board(filter: object): Promise<SeenBoard> {
  const listener = await listen(served.url, BOARD, { filter });
  try {
    for (;;) {
      const seen = boardSchema.parse(await listener.data()).data.live;
      if (seen.dataAt !== null) return seen;
    }
  } finally {
    listener.leave();
  }
}

/** The same figures asked of the public `kpi`, as `vigie kpi` does. */
async function kpi(measures: string[], by: string[], range: { from: string; to: string }, zone: string, where: object[] = []): Promise<(number | null)[][]> {
  const { body } = await served.ask(
    `query Ask($measures: [MeasureId!]!, $by: [String!]!, $from: String!, $to: String!, $zone: String, $where: [DimensionFilter!]!) {
      kpi(measures: $measures, by: $by, from: $from, to: $to, zone: $zone, where: $where) { ... on Kpi { rows { values } } ... on InvalidQuery { message } }
    }`,
    { measures, by, ...range, zone, where },
  );
  return z.object({ kpi: z.object({ rows: z.array(z.object({ values: z.array(figure) })) }) }).parse(body.data).kpi.rows.map(({ values }) => values);
}

const MEASURES = ['queued', 'answered', 'abandoned', 'service-level', 'abandonment-rate', 'asa', 'average-handle'];
const values = (of: z.infer<z.ZodObject<typeof figures>>) => [of.queued, of.answered, of.abandoned, of.serviceLevel, of.abandonmentRate, of.asaSeconds, of.averageHandleSeconds];
const DAY = { from: '2026-03-02', to: '2026-03-03' };
const ROLLING = { from: '2026-03-02T08:48:00Z', to: '2026-03-02T09:18:00Z' };
const HOUR = { from: '2026-03-02T08:18:00Z', to: '2026-03-02T09:18:00Z' };

test('every figure on the board is what kpi answers for the day', async () => {
  const seen = await board({});
  expect(seen).toMatchObject({ zone: 'Africa/Douala', dayFrom: '2026-03-01T23:00:00.000Z', connected: true });
  expect([[...values(seen.totals), seen.totals.offered, seen.totals.occupancy]]).toEqual(await kpi([...MEASURES, 'offered', 'occupancy'], [], DAY, seen.zone));
  expect([[seen.totals.serviceLevel30]]).toEqual(await kpi(['service-level'], [], ROLLING, seen.zone));
  expect(seen.totals.offered).toBeGreaterThan(100);
  expect(seen.queues.length).toBeGreaterThanOrEqual(8);
  for (const queue of seen.queues) {
    const where = [{ dimension: 'queue', ids: [queue.queue] }];
    expect([values(queue)]).toEqual(await kpi(MEASURES, [], DAY, seen.zone, where));
    expect([[queue.serviceLevel30]]).toEqual(await kpi(['service-level'], [], ROLLING, seen.zone, where));
  }
  expect(seen.lastHour.map(({ offered, answered, abandoned }) => [offered, answered, abandoned])).toEqual(await kpi(['offered', 'answered', 'abandoned'], ['1min'], HOUR, seen.zone));
  expect(seen.lastHour[0]?.at).toBe('2026-03-02T08:18:00.000Z');
});

test('the trend is the service level of each five minutes', async () => {
  const seen = await board({});
  const busiest = seen.queues.toSorted((a, b) => (b.queued ?? 0) - (a.queued ?? 0))[0];
  expect(busiest?.serviceLevelTrend).toHaveLength(12);
  const asked = await kpi(['service-level'], ['5min'], { from: '2026-03-02T08:20:00Z', to: '2026-03-02T09:20:00Z' }, seen.zone, [{ dimension: 'queue', ids: [busiest?.queue ?? ''] }]);
  expect(busiest?.serviceLevelTrend.map((point) => [point])).toEqual(asked);
  expect(busiest?.serviceLevelTrend.filter((point) => point !== null).length).toBeGreaterThan(3);
});

test('the live state is the core\'s own', async () => {
  const seen = await board({});
  const { agents, queues } = real.floor.automaton.live.snapshot();
  expect(seen.totals.waiting).toBe(Object.values(queues).reduce((sum, queue) => sum + queue.waiters.length, 0));
  expect(seen.totals.agentsTalking).toBe(Object.values(agents).filter(({ state }) => state === 'talk' || state === 'hold').length);
  expect(seen.totals.agentsLoggedIn).toBeGreaterThan(10);
});

test('the zone of the filter makes the day, its site the figures', async () => {
  const paris = await board({ site: ['lille'] });
  expect(paris.zone).toBe('Europe/Paris');
  expect([values(paris.totals)]).toEqual(await kpi(MEASURES, [], DAY, 'Europe/Paris', [{ dimension: 'site', ids: ['lille'] }]));
  const kiritimati = await board({ zone: 'Pacific/Kiritimati' });
  expect(kiritimati.dayFrom).toBe('2026-03-01T10:00:00.000Z');
});

test('a measure that knows nothing of a filter has no value, and the others have theirs', async () => {
  const seen = await board({ queue: ['101'] });
  expect(seen.totals.occupancy).toBeNull();
  expect(seen.totals.queued).not.toBeNull();
});

test('a scope is obeyed by the figures as by the live state', async () => {
  const directory = await openDirectory(real.directory, real.clock);
  const boards = openLiveBoards({ warehouse, core: real.live, directory, clock: real.clock, logger: pino({ level: 'silent' }) });
  const scope = { ...FULL_SCOPE, tenants: ['sereno'] };
  const reader = boards.watch(scope, {});
  let seen: Board = (await reader.next()).value;
  while (seen.dataAt === null) seen = (await reader.next()).value;
  expect(seen.queues.length).toBeGreaterThan(0);
  expect(new Set(seen.queues.map((queue) => queue.tenant))).toEqual(new Set(['sereno']));
  const answer = await warehouse.kpi({ measures: ['offered'], by: [], from: DAY.from, to: DAY.to, zone: seen.zone, where: { tenant: ['sereno'] } }, FULL_SCOPE);
  expect(seen.totals.offered).toBe(answer.rows[0]?.['offered']);
  boards.close();
  directory.close();
});

test('new rows move the figures within seconds', async () => {
  const listener = await listen(served.url, BOARD, { filter: {} });
  const first = boardSchema.parse(await listener.data()).data.live;
  await loadRows(warehouse, real.liveUntil(NOW_MS + 10 * 60_000));
  const loadedAt = performance.now();
  let seen = first;
  while (seen.loadMark === null || seen.loadMark <= (first.loadMark ?? 0)) seen = boardSchema.parse(await listener.data()).data.live;
  expect(performance.now() - loadedAt).toBeLessThan(4000);
  expect(seen.totals.offered ?? 0).toBeGreaterThan(first.totals.offered ?? 0);
  listener.leave();
});
