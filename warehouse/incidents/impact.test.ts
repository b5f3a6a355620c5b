import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { kpi } from '../kpi/kpi.ts';
import { fill } from '../kpi/test-support/fill.ts';
import { NO_DIMENSIONS, aCall, aState } from '../kpi/test-support/raw-rows.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import { measureImpact } from './impact.ts';
import type { ImpactQuestion } from './impact.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Monday, 10:00 in Paris; the clock went back the day before: the same hour of the weeks before was one hour earlier in UTC. */
const TEN = Date.UTC(2026, 9, 26, 9);
const ten = (weeks: number): number => (weeks === 0 ? TEN : TEN - weeks * 7 * DAY - HOUR);
/** Calls from 10:00 to 10:30 and from 10:30 to 11:00, of which so many are abandoned; the others are answered in time, but for the last. */
const VOLUMES: [weeks: number, first: number, second: number, abandoned: number][] = [[0, 4, 20, 3], [1, 20, 20, 2], [2, 24, 20, 2], [3, 16, 20, 2], [4, 100, 20, 0]];

const calls = VOLUMES.flatMap(([weeks, first, second, abandoned]) => Array.from({ length: first + second }, (_, index) => {
  const inFirst = index < first;
  return aCall({
    call_id: `${weeks}-${index}`, started_at: ten(weeks) + (inFirst ? 0 : 30 * MINUTE) + (index % 2) * 15 * MINUTE, wait_s: inFirst && index === first - 1 ? 300 : 5,
    ...index < abandoned ? { answered: false, abandoned: true, first_agent: '', talk_s: 0, wrapup_s: 0 } : {},
  });
}));
const states = VOLUMES.flatMap(([weeks]) => Array.from({ length: 4 }, (_, agent) => aState({ agent: String(agent), state: weeks === 0 && agent > 0 ? 'pause' : 'talk', started_at: ten(weeks), duration_ms: weeks === 0 && agent > 1 ? 5 * MINUTE : HOUR })));

onEachEngine((tested) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await tested.open();
    await fill(tested, engine, { calls, legs: [], states, dimensions: NO_DIMENSIONS }, 1);
  });
  afterAll(() => engine.close());
  const impact = (some: Partial<ImpactQuestion> = {}) => measureImpact({
    startMs: TEN + MINUTE, endMs: TEN + 28 * MINUTE, tenants: [], sites: [], queues: [], otherTroubles: [], zone: 'Europe/Paris', nowMs: TEN + 5 * HOUR, ...some,
  }, (query) => kpi(engine, query, FULL_SCOPE));

  test('is against the median of the same quarter-hours of four weeks, by the clock on the wall', async () => {
    const found = await impact();
    expect(found).toMatchObject({ fromMs: TEN, toMs: TEN + 30 * MINUTE, running: false, weeks: [1, 2, 3, 4].map((weeks) => ({ fromMs: ten(weeks), fate: 'used' })) });
    // Of each quarter-hour: 10, 12, 8 and 50 calls, whose median is 11.
    expect(found.calls.value).toEqual({ expected: 22, offered: 4, lost: 18 });
    // 6 of 160 calls were abandoned in these weeks.
    expect(found.abandons.value).toEqual({ expected: expect.closeTo((6 / 160) * 4, 9), abandoned: 3, extra: expect.closeTo(3 - (6 / 160) * 4, 9) });
    expect(found.agents.value).toEqual({ expectedSeconds: 4 * 1800, loggedSeconds: 2 * 1800 + 2 * 300, lostSeconds: 2 * 1500, expectedBusySeconds: 7200, busySeconds: 1800 });
    const { interval, intervalExpected, day, dayWithout } = found.serviceLevel.value ?? {};
    expect(interval).toBe(0);
    expect(day).toBeCloseTo(20 / 24, 9);
    expect(intervalExpected).toBeGreaterThan(0.8);
    expect(dayWithout).toBeCloseTo((20 + (intervalExpected ?? 0) * 22) / 42, 9);
  });

  test('weeks of other incidents and without calls are left out, and too few tell nothing', async () => {
    const other = { fromMs: ten(4) + 10 * MINUTE, toMs: ten(4) + 20 * MINUTE };
    const three = await impact({ otherTroubles: [other] });
    expect(three.weeks.map(({ fate }) => fate)).toEqual(['used', 'used', 'used', 'other-incident']);
    expect(three.calls.value).toMatchObject({ expected: 20, lost: 16 });
    const two = await impact({ otherTroubles: [other, { fromMs: ten(2), toMs: null }] });
    expect(two.calls).toEqual({ value: null, gap: 'too-few-weeks' });
    const night = await impact({ startMs: TEN - 6 * HOUR, endMs: TEN - 5 * HOUR });
    expect(night.weeks.map(({ fate }) => fate)).toEqual(Array.from({ length: 4 }, () => 'no-calls'));
    expect(night.serviceLevel.gap).toBe('too-few-weeks');
  });

  test('a trouble of more than a week is compared with the weeks before it began, not with itself', async () => {
    const { fromMs, weeks } = await impact({ startMs: ten(1) + MINUTE });
    expect(weeks.map((week) => week.fromMs)).toEqual([3, 4, 5, 6].map(ten));
    for (const { toMs } of weeks) expect(toMs).toBeLessThanOrEqual(fromMs);
    // In the week that loses an hour, less than seven days of time reach over the same hours of the week before.
    const spring = await impact({ startMs: Date.UTC(2026, 2, 25, 9), endMs: Date.UTC(2026, 3, 1, 8, 30) });
    expect(spring.weeks[0]).toMatchObject({ fromMs: Date.UTC(2026, 2, 11, 9), toMs: Date.UTC(2026, 2, 18, 9, 30) });
    const week = await impact({ startMs: ten(2), endMs: ten(1) });
    expect(week.weeks[0]).toMatchObject({ fromMs: ten(3), toMs: ten(2) });
  });

  test('of some queues it says nothing of agents; of what runs it goes up to now; of what is not loaded it says so', async () => {
    expect((await impact({ queues: ['101'] })).agents).toEqual({ value: null, gap: 'not-by-queue' });
    expect((await impact({ tenants: ['sereno'] })).calls.gap).toBe('too-few-weeks');
    // A third of the second quarter-hour has passed.
    expect(await impact({ endMs: null, nowMs: TEN + 20 * MINUTE })).toMatchObject({ running: true, toMs: TEN + 30 * MINUTE, calls: { value: { expected: expect.closeTo(11 + 11 / 3, 9) } } });
    expect((await impact({ startMs: TEN + 3 * DAY, endMs: null, nowMs: TEN + 3 * DAY + HOUR })).calls).toEqual({ value: null, gap: 'nothing-loaded' });
  });
});
