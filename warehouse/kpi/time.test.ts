import { expect, test } from 'vitest';
import { onEachEngine } from '../test-support/each-engine.ts';
import { aCall, aState } from './test-support/raw-rows.ts';
import { withHistory } from './test-support/with-history.ts';
import { ZoneClock } from './zone-clock.ts';
import { intervalKeys, intervalText } from './interval.ts';
import type { Interval } from '../warehouse.ts';

const texts = (interval: Interval, zone: string, from: string, to: string): string[] => {
  const clock = ZoneClock.of(zone);
  const local = (date: string): number => clock.toUtc(Date.parse(`${date}T00:00:00Z`));
  return intervalKeys(interval, local(from), local(to), clock).map((key) => intervalText(interval, key, clock));
};

onEachEngine((tested) => {
  test('a local day has 23 or 25 hours when the clock changes', () => {
    expect(texts('60min', 'Europe/Paris', '2026-03-29', '2026-03-30')).toHaveLength(23);
    const autumn = texts('60min', 'Europe/Paris', '2026-10-25', '2026-10-26');
    expect(autumn).toHaveLength(25);
    expect(autumn.slice(2, 4)).toEqual(['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00']);
    expect(texts('60min', 'Africa/Douala', '2026-03-29', '2026-03-30')).toHaveLength(24);
  });

  test('half-hour offsets, a change of half an hour, and New Year cut no interval wrongly', () => {
    expect(texts('60min', 'Asia/Kolkata', '2026-01-01', '2026-01-02').slice(0, 2)).toEqual(['2026-01-01T00:00:00+05:30', '2026-01-01T01:00:00+05:30']);
    expect(texts('60min', 'Asia/Kolkata', '2025-12-31', '2026-01-02')).toHaveLength(48);
    expect(texts('60min', 'Australia/Lord_Howe', '2026-04-05', '2026-04-06').slice(0, 4)).toEqual([
      '2026-04-05T00:00:00+11:00', '2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+10:30', '2026-04-05T02:00:00+10:30']);
  });

  test('weeks begin on Monday across years, months have their days', () => {
    expect(texts('week', 'Europe/Paris', '2025-12-28', '2026-01-06')).toEqual(['2025-12-22', '2025-12-29', '2026-01-05']);
    expect(texts('month', 'America/St_Johns', '2025-12-31', '2026-03-02')).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
  });

  test('a midnight that does not exist is the first instant after it', () => {
    const clock = ZoneClock.of('Africa/Cairo');
    expect(clock.format(clock.toUtc(Date.parse('2026-04-24T00:00:00Z')))).toBe('2026-04-24T01:00:00+03:00');
  });

  test('a call belongs to its local day, by the offset of that date', async () => {
    const calls = ['2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00Z'].map((at, index) => aCall({ call_id: String(index), started_at: Date.parse(at) }));
    await withHistory(tested, { calls }, async (ask) => {
      const { rows, fromUtc, toUtc } = await ask({ measures: ['offered'], by: ['day'], zone: 'Europe/Paris', from: '2026-03-28', to: '2026-03-31' });
      expect(rows).toEqual([{ day: '2026-03-28', offered: 1 }, { day: '2026-03-29', offered: 2 }, { day: '2026-03-30', offered: 1 }]);
      expect([fromUtc, toUtc]).toEqual(['2026-03-27T23:00:00.000Z', '2026-03-30T22:00:00.000Z']);
      expect((await ask({ measures: ['offered'], by: ['hour', 'weekday'], zone: 'Europe/Paris', from: '2026-03-29', to: '2026-03-30' })).rows).toEqual([{ hour: '0', weekday: '7', offered: 1 }, { hour: '23', weekday: '7', offered: 1 }]);
    });
  });

  test('an agent logged in through the night of the lost hour is 23 hours there', async () => {
    const states = [aState({ state: 'ready', started_at: Date.parse('2026-03-28T23:00:00Z'), duration_ms: 23 * 3_600_000 })];
    await withHistory(tested, { states }, async (ask) => {
      expect((await ask({ measures: ['ready-time'], by: ['day'], zone: 'Europe/Paris', from: '2026-03-29', to: '2026-03-30' })).rows).toEqual([{ 'day': '2026-03-29', 'ready-time': 82_800 }]);
    });
  });

  test('minutes are for short ranges: calls and legs yes, agent time no', async () => {
    const calls = [aCall({ call_id: '1', started_at: Date.parse('2026-01-05T08:04:59.999Z') }), aCall({ call_id: '2', started_at: Date.parse('2026-01-05T08:05:00Z') })];
    await withHistory(tested, { calls }, async (ask) => {
      const range = { from: '2026-01-05T08:03:00Z', to: '2026-01-05T08:07:00Z', zone: 'Europe/Paris' };
      expect((await ask({ ...range, measures: ['offered'], by: ['1min'] })).rows.map((row) => row.offered)).toEqual([0, 1, 1, 0]);
      expect((await ask({ ...range, measures: ['offered'], by: ['5min'] })).rows).toEqual([{ '5min': '2026-01-05T09:00:00+01:00', 'offered': 1 }, { '5min': '2026-01-05T09:05:00+01:00', 'offered': 1 }]);
      await expect(ask({ ...range, measures: ['occupancy'], by: ['5min'] })).rejects.toThrow(/15min/);
    });
  });

  test('a comparison stands under the asked intervals', async () => {
    const calls = ['2026-01-05T08:00:00Z', '2026-01-04T08:10:00Z', '2026-01-04T09:00:00Z', '2025-12-29T08:00:00Z', '2025-01-05T08:00:00Z'].map((at, index) => aCall({ call_id: String(index), started_at: Date.parse(at) }));
    await withHistory(tested, { calls }, async (ask) => {
      const hourly = { measures: ['offered'], by: ['60min' as const], totals: true, zone: 'Europe/Paris' };
      const busy = (rows: readonly Record<string, unknown>[] | undefined): unknown[] => (rows ?? []).filter((row) => row.offered !== 0);
      const yesterday = (await ask({ ...hourly, compareTo: 'previous-day' })).comparison;
      expect(busy(yesterday?.rows)).toEqual([{ '60min': '2026-01-05T09:00:00+01:00', 'offered': 1 }, { '60min': '2026-01-05T10:00:00+01:00', 'offered': 1 }]);
      expect(yesterday).toMatchObject({ totals: { offered: 2 }, from: '2026-01-03T23:00:00.000Z', to: '2026-01-04T23:00:00.000Z' });
      expect((await ask({ ...hourly, compareTo: 'previous-period' })).comparison).toEqual(yesterday);
      expect(busy((await ask({ ...hourly, compareTo: 'previous-week' })).comparison?.rows)).toEqual([{ '60min': '2026-01-05T09:00:00+01:00', 'offered': 1 }]);
      expect(busy((await ask({ measures: ['offered'], by: ['day'], compareTo: 'previous-year' })).comparison?.rows)).toEqual([{ day: '2026-01-05', offered: 1 }]);
      const month = (await ask({ measures: ['offered'], by: ['month'], from: '2026-01-01', to: '2026-02-01', compareTo: 'previous-period' })).comparison;
      expect(month).toMatchObject({ rows: [{ month: '2026-01', offered: 1 }], from: '2025-12-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' });
    });
  });

  test('a range that still runs is compared with as much of the earlier one', async () => {
    const calls = ['2026-03-29T08:00:00Z', '2026-03-28T08:29:00Z', '2026-03-28T08:31:00Z', '2026-03-22T08:29:59.999Z', '2026-03-22T08:30:00Z'].map((at, index) => aCall({ call_id: String(index), started_at: Date.parse(at) }));
    await withHistory(tested, { calls }, async (ask) => {
      // 09:30 in Paris, on the day on which the clock went forward: the day and the week before were an hour behind UTC+2.
      const day = { measures: ['offered'], by: ['day' as const], totals: true, zone: 'Europe/Paris', from: '2026-03-29', to: '2026-03-30', compareUntil: '2026-03-29T07:30:00Z' };
      expect((await ask({ ...day, compareTo: 'previous-day' })).comparison).toEqual({ rows: [{ day: '2026-03-29', offered: 1 }], totals: { offered: 1 }, from: '2026-03-27T23:00:00.000Z', to: '2026-03-28T08:30:00.000Z' });
      expect((await ask({ ...day, compareTo: 'previous-week' })).comparison).toMatchObject({ totals: { offered: 1 }, to: '2026-03-22T08:30:00.000Z' });
      expect((await ask({ ...day, compareTo: 'previous-day' })).totals).toEqual({ offered: 1 });
      // The range is over: the earlier one is whole.
      expect((await ask({ ...day, compareTo: 'previous-day', compareUntil: '2026-03-30T00:00:00Z' })).comparison).toMatchObject({ totals: { offered: 2 }, to: '2026-03-28T23:00:00.000Z' });
      const running = await ask({ ...day, by: ['60min'], from: '2026-03-29T00:00:00Z', to: '2026-03-30T00:00:00Z', compareTo: 'previous-period' });
      expect(running.comparison).toMatchObject({ from: '2026-03-28T00:00:00.000Z', to: '2026-03-28T07:30:00.000Z' });
      await expect(ask({ ...day, compareTo: 'previous-day', compareUntil: 'noon' })).rejects.toThrow(/compareUntil is "noon"/);
    });
  });

  test('a skipped hour has no counterpart, the others keep their wall clock', async () => {
    const calls = ['2026-03-28T01:30:00Z', '2026-03-28T08:30:00Z'].map((at, index) => aCall({ call_id: String(index), started_at: Date.parse(at) }));
    await withHistory(tested, { calls }, async (ask) => {
      const answer = await ask({ measures: ['offered'], by: ['60min'], from: '2026-03-29', to: '2026-03-30', zone: 'Europe/Paris', compareTo: 'previous-day' });
      expect(answer.comparison?.rows).toHaveLength(23);
      expect(answer.comparison?.rows.filter((row) => row.offered !== 0)).toEqual([{ '60min': '2026-03-29T09:00:00+02:00', 'offered': 1 }]);
    });
  });
});
