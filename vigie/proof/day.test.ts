import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDirectory, type Directory } from '../../api/directory.ts';
import { drawBoard, type Board } from '../../api/live/board.ts';
import { openLiveBoards, type LiveBoards } from '../../api/live/boards.ts';
import { localDay } from '../../api/live/day.ts';
import { foldLive, type LiveFold } from '../../api/live/fold.ts';
import { sightOf } from '../../api/live/sight.ts';
import { FULL_SCOPE, type KpiQuery, type KpiRow } from '../../warehouse/warehouse.ts';
import { COUNTED_MEASURES, figuresOf, sumOf } from './counted-figures.ts';
import { countedDials, DIALED_MEASURES, listening, storedDials, sumOfDials } from './dialed-figures.ts';
import { openProvingGround, type ProvingGround } from './proving-ground.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Summer: midnight comes at 22:00 UTC in Lille, at 23:00 UTC in Douala, and closed days are UTC's. */
const FROM_MS = Date.parse('2026-07-07T12:00:00Z');
const UNTIL_MS = FROM_MS + DAY_MS;
const ZONES = ['Africa/Douala', 'Europe/Paris'];
const quiet = pino({ level: 'silent' });

let ground: ProvingGround;
let directory: Directory;
let fold: LiveFold;
let boards: LiveBoards;
/** What differed in the live state, said once a minute. */
const liveDifferences: string[] = [];
const seen = { liveMinutes: 0, inProgress: 0, waiting: 0, lateQualifications: 0, lateAcrossDays: 0, checkpoints: 0, boards: 0, dials: 0, acrossMidnight: 0, closed: 0, reopened: 0 };

beforeAll(async () => {
  const endedMs = new Map<string, number>();
  ground = await openProvingGround({
    fromMs: FROM_MS, seed: 7,
    onRow: ({ kind, row }) => {
      if (kind !== 'od-calls' || row.Abandon === null) return;
      const nowMs = ground.clock.nowMs();
      const ended = endedMs.get(row.ID);
      if (ended === undefined) endedMs.set(row.ID, nowMs);
      else if (row.CallStatusNum !== null && nowMs - ended > 10 * MINUTE_MS) {
        seen.lateQualifications += 1;
        if (row.CallUniversalTime.slice(0, 10) !== new Date(nowMs).toISOString().slice(0, 10)) seen.lateAcrossDays += 1;
      }
    },
  });
  const { clock, floor, configuration } = ground;
  directory = await openDirectory({ load: () => Promise.resolve(configuration), subscribe: () => () => undefined }, clock);
  const live = { subscribe: floor.automaton.live.subscribe };
  fold = foldLive(live, quiet);
  boards = openLiveBoards({ warehouse: ground.warehouse, core: live, directory, clock, logger: quiet });
  fold.onChange(compareLive);
  floor.workers.start(1_500);
  floor.callers.start(UNTIL_MS);
});
afterAll(async () => {
  boards.close();
  fold.close();
  directory.close();
  await ground.close();
  ground.remove();
});

const MOST_WITHOUT_FIGURES = 100;
let comparedMinute = 0;

/** The first publication of each minute: the folded state is that of this very instant. */
function compareLive(): void {
  const minute = Math.floor(ground.clock.nowMs() / MINUTE_MS);
  if (minute === comparedMinute) return;
  comparedMinute = minute;
  seen.liveMinutes += 1;
  const nowMs = ground.clock.nowMs();
  const board = drawBoard({ nowMs, zone: 'UTC', dayFromMs: 0, state: fold.state(), connected: true, figures: null, sight: sightOf(FULL_SCOPE, {}, directory, nowMs), directory });
  liveDifferences.push(...liveDifference(board).map((difference) => `${new Date(nowMs).toISOString()} ${difference}`));
}

function liveDifference({ totals, queues, campaigns }: Board): string[] {
  const listens = listening(ground.configuration);
  const { states } = ground;
  const counted = new Map<string, unknown>(Object.entries({ ...states.totals(), longestWaitSince: states.longestWaitSince() }));
  for (const [queue, of] of Object.entries(states.byQueue())) for (const [what, value] of Object.entries(of)) counted.set(`${what} of queue ${queue}`, value);
  for (const [campaign, minutes] of ground.dials.byCampaign) {
    const { dialed, heard, nuisance } = sumOfDials(minutes, 0, Infinity);
    for (const [what, value] of Object.entries({ dialed, heard, nuisance })) counted.set(`${what} by campaign ${campaign}`, value);
  }
  const shown = new Map<string, unknown>(Object.entries(totals));
  for (const { campaign, dialer } of campaigns) {
    if (!dialer) continue;
    const heard = dialer.passed + (listens.has(campaign) ? dialer.machines : 0);
    for (const [what, value] of Object.entries({ dialed: dialer.dialed, heard, nuisance: dialer.nuisance })) shown.set(`${what} by campaign ${campaign}`, value);
  }
  for (const { queue, ...of } of queues) for (const [what, value] of Object.entries(of)) shown.set(`${what} of queue ${queue}`, value);
  return [...counted].flatMap(([what, value]) => (shown.get(what) === value ? [] : [`${what}: ${String(value)} on the floor, ${String(shown.get(what))} shown`]));
}

/** Every quarter of an hour, and every minute about each midnight and at the busiest time. */
function isCheckpoint(atMs: number): boolean {
  const minute = (atMs / MINUTE_MS) % 1440;
  return minute % 15 === 0 || isNearMidnight(minute) || (minute > 9 * 60 && minute <= 9 * 60 + 10);
}

function isNearMidnight(minute: number): boolean {
  return [22 * 60, 23 * 60, 24 * 60, 0].some((midnight) => Math.abs(minute - midnight) <= 3);
}

test('live state and day figures are those of the floor, minute by minute through a day', { timeout: 900_000 }, async () => {
  const { clock } = ground;
  for (let atMs = FROM_MS + MINUTE_MS; atMs <= UNTIL_MS; atMs += MINUTE_MS) {
    clock.run(atMs);
    expect(liveDifferences).toEqual([]);
    if (isCheckpoint(atMs)) await checkpoint(atMs);
  }
  const { counters } = ground.floor.automaton;
  // A minute of the night may bring no change.
  expect(seen.liveMinutes).toBeGreaterThan(0.99 * (DAY_MS / MINUTE_MS));
  const coverage = { ...seen, transfers: counters.transfers, overflows: counters.overflows, reroutes: counters.reroutes, abandoned: counters.abandoned };
  for (const [what, times] of Object.entries(coverage)) expect({ what, happened: times > 0 }).toEqual({ what, happened: true });
});

async function checkpoint(atMs: number): Promise<void> {
  const { states, warehouse } = ground;
  await ground.settle();
  seen.checkpoints += 1;
  seen.inProgress += states.openCalls;
  seen.waiting += states.totals().waiting;
  const hourly = (atMs / MINUTE_MS) % 60 === 0;
  if (hourly) {
    const { closed } = await warehouse.closeDays({ utcMs: atMs });
    seen.closed += closed.length;
    if (atMs % DAY_MS > 60 * MINUTE_MS) seen.reopened += closed.length;
  }
  for (const zone of isNearMidnight((atMs / MINUTE_MS) % 1440) ? ZONES : ZONES.slice(0, 1)) {
    const day = localDay(atMs, zone);
    if (day.fromMs === atMs) seen.acrossMidnight += states.openCalls;
    await compareDays(atMs, zone, day.fromMs, day.next);
    if (hourly) await compareDials(atMs, zone, day.fromMs, day.next);
  }
  if (hourly) {
    await compareIntervals(atMs, (atMs / MINUTE_MS) % 180 === 0 ? '1min' : '30min');
    await compareBoard(atMs);
  }
}

const ask = async (query: Omit<KpiQuery, 'where' | 'measures'>, measures = COUNTED_MEASURES): Promise<{ rows: KpiRow[]; totals: KpiRow | null }> =>
  ground.warehouse.kpi({ ...query, measures: [...measures], where: {} }, FULL_SCOPE);

/** Yesterday, whose calls may still be in progress, and today: each queue and everything, at exactly this minute. */
async function compareDays(atMs: number, zone: string, todayMs: number, tomorrow: string): Promise<void> {
  const { counters } = ground;
  const yesterday = localDay(todayMs - 1, zone);
  const today = localDay(atMs, zone);
  const days = [{ day: yesterday.date, fromMs: yesterday.fromMs, toMs: todayMs }, { day: today.date, fromMs: todayMs, toMs: todayMs + 2 * DAY_MS }];
  const range = { from: yesterday.date, to: tomorrow, zone };
  const byQueue = await ask({ ...range, by: ['queue', 'day'] });
  const counted = days.flatMap(({ day, fromMs, toMs }) => [...counters.byQueue].map(([queue, minutes]) => ({ queue: String(queue), day, ...figuresOf(sumOf(minutes, fromMs, toMs)) })));
  expect({ atMs, rows: withData(byQueue.rows) }).toEqual({ atMs, rows: withData(counted) });
  const calls = await ask({ ...range, by: ['day'], totals: true }, ['offered', ...COUNTED_MEASURES]);
  const of = (fromMs: number, toMs: number): KpiRow => {
    const counts = sumOf(counters.calls, fromMs, toMs);
    return { offered: counts.offered, ...figuresOf(counts) };
  };
  expect({ atMs, ...calls }).toMatchObject({ atMs, rows: days.map(({ day, fromMs, toMs }) => ({ day, ...of(fromMs, toMs) })), totals: of(yesterday.fromMs, todayMs + 2 * DAY_MS) });
}

/** The numbers that campaigns have dialed yesterday and today: each campaign at exactly this minute. */
async function compareDials(atMs: number, zone: string, todayMs: number, tomorrow: string): Promise<void> {
  const yesterday = localDay(todayMs - 1, zone);
  const days = [{ day: yesterday.date, fromMs: yesterday.fromMs, toMs: todayMs }, { day: localDay(atMs, zone).date, fromMs: todayMs, toMs: todayMs + 2 * DAY_MS }];
  const { rows } = await ground.warehouse.kpi({ measures: [...DIALED_MEASURES], by: ['campaign', 'day'], from: yesterday.date, to: tomorrow, zone, where: {} }, FULL_SCOPE);
  const listens = listening(ground.configuration);
  const stored = rows.filter((row) => row['dial-attempts'] !== 0).map((row) => ({ campaign: row['campaign'] ?? null, day: row['day'] ?? null, ...storedDials(row, listens.has(String(row['campaign']))) }));
  const counted = days.flatMap(({ day, fromMs, toMs }) => [...ground.dials.byCampaign].flatMap(([campaign, minutes]) => {
    const sum = sumOfDials(minutes, fromMs, toMs);
    return sum.dialed === 0 ? [] : [{ campaign, day, ...countedDials(sum, listens.has(campaign)) }];
  }));
  expect({ atMs, rows: withData(stored) }).toEqual({ atMs, rows: withData(counted) });
  seen.dials += stored.length;
}

/** Every interval since the start. */
async function compareIntervals(atMs: number, interval: '1min' | '30min'): Promise<void> {
  const { counters } = ground;
  const lengthMs = interval === '1min' ? MINUTE_MS : 30 * MINUTE_MS;
  const [from, to] = [FROM_MS, atMs].map((ms) => new Date(ms).toISOString());
  if (from === undefined || to === undefined) return;
  const { rows } = await ask({ from, to, zone: 'UTC', by: ['queue', interval] });
  const starts = Array.from({ length: Math.ceil((atMs - FROM_MS) / lengthMs) }, (_, index) => FROM_MS + index * lengthMs);
  const counted = [...counters.byQueue].flatMap(([queue, minutes]) => starts.map((start) => ({
    queue: String(queue), [interval]: `${new Date(start).toISOString().slice(0, 19)}+00:00`, ...figuresOf(interval === '1min' ? (minutes.get(start) ?? sumOf(undefined, 0, 0)) : sumOf(minutes, start, start + lengthMs)),
  })));
  expect({ atMs, rows: withData(rows) }).toEqual({ atMs, rows: withData(counted) });
}

/** The board as a page gets it. */
async function compareBoard(atMs: number): Promise<void> {
  const watching = boards.watch(FULL_SCOPE, {});
  let board: Board | undefined;
  // On a busy machine the first ones are drawn without figures.
  for (let drawn = 0; drawn < MOST_WITHOUT_FIGURES && board?.dataAt == null; drawn += 1) ({ value: board } = await watching.next());
  await watching.return?.();
  if (!board) throw new Error('no board');
  seen.boards += 1;
  const { zone } = board;
  expect(zone).toBe('Africa/Douala');
  const day = localDay(atMs, zone);
  const { counters } = ground;
  const names = { queued: 'queued', answered: 'answered', abandoned: 'abandoned', serviceLevel: 'service-level', abandonmentRate: 'abandonment-rate' } as const;
  const shown = (of: Record<keyof typeof names, number | null>): KpiRow => Object.fromEntries((['queued', 'answered', 'abandoned', 'serviceLevel', 'abandonmentRate'] as const).map((name) => [names[name], of[name]]));
  const pick = (row: KpiRow): KpiRow => Object.fromEntries(Object.values(names).map((id) => [id, row[id] ?? null]));
  const calls = sumOf(counters.calls, day.fromMs, atMs + DAY_MS);
  expect({ offered: board.totals.offered, ...shown(board.totals) }).toEqual({ offered: calls.offered, ...pick(figuresOf(calls)) });
  for (const queue of board.queues) {
    const counts = sumOf(counters.byQueue.get(Number(queue.queue)), day.fromMs, atMs + DAY_MS);
    // A queue that nobody entered today has no row.
    if (counts.queued > 0) expect({ queue: queue.queue, ...shown(queue) }).toEqual({ queue: queue.queue, ...pick(figuresOf(counts)) });
  }
  const asked = await ground.warehouse.kpi({ measures: ['queued', 'service-level', 'asa', 'average-handle', 'occupancy'], by: [], from: day.date, to: day.next, zone, where: {} }, FULL_SCOPE);
  const { queued, serviceLevel, asaSeconds, averageHandleSeconds, occupancy } = board.totals;
  expect({ dataAt: board.dataAt, loadMark: board.loadMark, rows: [[queued, serviceLevel, asaSeconds, averageHandleSeconds, occupancy]] })
    .toEqual({ dataAt: asked.dataAt, loadMark: asked.loadMark, rows: asked.rows.map((row) => Object.values(row)) });
  const lastHour = board.lastHour.map(({ at, ...flow }) => [at, flow]);
  expect(lastHour).toEqual(board.lastHour.map(({ at }) => {
    const { offered, answered, abandoned } = counters.calls.get(Date.parse(at)) ?? sumOf(undefined, 0, 0);
    return [at, { offered, answered, abandoned }];
  }));
}

/** A queue has a row when anything happened in it: empty ones say nothing. */
function withData(rows: KpiRow[]): string[] {
  return rows.filter((row) => row['queued'] !== 0).map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted();
}
