import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../telephony/configuration.ts';
import { clockReaches, targetClock, type Clocked } from './target-clock.ts';
import { openMs } from './working-time.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const incident = (more: Partial<Clocked> = {}): Clocked => ({ detectedAtMs: MONDAY, resolvedAtMs: null, targetMinutes: 60, pauses: [], breachNotedAtMs: null, ...more });
const pause = (from: number, to: number | null): Clocked['pauses'][number] => ({ fromMs: MONDAY + from * MINUTE, toMs: to === null ? null : MONDAY + to * MINUTE, reason: 'attente' });
const office = (zone: string): Calendar => ({ id: 'bureau', zone, weekdays: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '01:00', to: '12:00' }, { from: '13:00', to: '18:00' }]])), holidays: ['2026-05-01'] });

describe('the clock of a target', () => {
  test('runs, is paused, goes on, and stops', () => {
    expect(targetClock(incident(), null, MONDAY + 20 * MINUTE)).toEqual({ state: 'running', targetMs: HOUR, usedMs: 20 * MINUTE, leftMs: 40 * MINUTE, dueAtMs: MONDAY + HOUR, breachedAtMs: null });
    expect(targetClock(incident({ pauses: [pause(10, null)] }), null, MONDAY + 300 * MINUTE)).toEqual({ state: 'paused', targetMs: HOUR, usedMs: 10 * MINUTE, leftMs: 50 * MINUTE, dueAtMs: null, breachedAtMs: null });
    expect(targetClock(incident({ pauses: [pause(10, 100)] }), null, MONDAY + 120 * MINUTE)).toMatchObject({ state: 'running', usedMs: 30 * MINUTE, dueAtMs: MONDAY + 150 * MINUTE });
    expect(targetClock(incident({ resolvedAtMs: MONDAY + 45 * MINUTE }), null, MONDAY + 500 * MINUTE)).toMatchObject({ state: 'stopped', usedMs: 45 * MINUTE, dueAtMs: null, breachedAtMs: null });
  });

  test('passes the target at an instant, unless service is back by then', () => {
    expect(targetClock(incident(), null, MONDAY + HOUR - 1).breachedAtMs).toBeNull();
    expect(targetClock(incident(), null, MONDAY + HOUR)).toMatchObject({ state: 'running', leftMs: 0, breachedAtMs: MONDAY + HOUR, dueAtMs: MONDAY + HOUR });
    expect(targetClock(incident({ resolvedAtMs: MONDAY + HOUR }), null, MONDAY + 2 * HOUR)).toMatchObject({ leftMs: 0, breachedAtMs: null });
    expect(targetClock(incident({ resolvedAtMs: MONDAY + HOUR + 1 }), null, MONDAY + 2 * HOUR)).toMatchObject({ leftMs: -1, breachedAtMs: MONDAY + HOUR });
    // What was noted stands, whatever was said of pauses afterwards.
    expect(targetClock(incident({ breachNotedAtMs: MONDAY + HOUR, pauses: [pause(10, 70)] }), null, MONDAY + 80 * MINUTE)).toMatchObject({ leftMs: 40 * MINUTE, breachedAtMs: MONDAY + HOUR });
  });

  test('within a calendar it waits for the morning, also where the night loses or gains an hour', () => {
    const at = (text: string): number => Date.parse(text);
    const paris = office('Europe/Paris');
    // From 17:30 to 18:00 in Paris, then from 01:00: the second hour of that night is skipped in March, and is there twice in October.
    expect(targetClock(incident({ detectedAtMs: at('2026-03-28T16:30:00Z'), targetMinutes: 120 }), paris, at('2026-03-28T20:00:00Z'))).toMatchObject({ state: 'off-hours', usedMs: 30 * MINUTE, dueAtMs: at('2026-03-29T01:30:00Z') });
    expect(targetClock(incident({ detectedAtMs: at('2026-10-24T15:30:00Z'), targetMinutes: 120 }), paris, at('2026-10-24T20:00:00Z'))).toMatchObject({ usedMs: 30 * MINUTE, dueAtMs: at('2026-10-25T00:30:00Z') });
    expect(targetClock(incident({ detectedAtMs: at('2026-03-28T16:30:00Z'), targetMinutes: 120 }), office('Africa/Douala'), at('2026-03-28T20:00:00Z'))).toMatchObject({ usedMs: 30 * MINUTE, dueAtMs: at('2026-03-29T01:30:00Z') });
  });

  test('paused time never counts, and what is used and what is left are the target, over months and changes of the clocks', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 60 * 24 * 20 }), { minLength: 0, maxLength: 12 });
    fc.assert(fc.property(
      fc.constantFrom(null, office('Europe/Paris'), office('Africa/Douala')), fc.constantFrom('2026-03-20T09:13:00Z', '2026-10-15T23:00:00Z', '2026-04-28T17:59:59Z'),
      gaps, fc.integer({ min: 1, max: 60 * 24 * 40 }), fc.integer({ min: 0, max: 60 * 24 * 200 }), fc.boolean(),
      (calendar, start, minutes, targetMinutes, now, resolves) => {
        const detectedAtMs = Date.parse(start);
        let at = detectedAtMs;
        const instants = minutes.map((gap) => (at += gap * MINUTE));
        const resolvedAtMs = resolves ? at : null;
        const pauses = Array.from({ length: Math.ceil(instants.length / 2) }, (_, index) => ({ fromMs: instants[2 * index] ?? 0, toMs: instants[2 * index + 1] ?? resolvedAtMs, reason: '' }));
        const nowMs = detectedAtMs + now * MINUTE;
        const clocked = incident({ detectedAtMs, targetMinutes, pauses, resolvedAtMs });
        const clock = targetClock(clocked, calendar, nowMs);
        const end = Math.min(nowMs, resolvedAtMs ?? nowMs);
        const paused = pauses.reduce((sum, { fromMs, toMs }) => sum + openMs(calendar, Math.min(fromMs, end), Math.min(toMs ?? end, end)), 0);
        expect(clock.usedMs).toBe(openMs(calendar, detectedAtMs, end) - paused);
        expect(clock.usedMs + clock.leftMs).toBe(targetMinutes * MINUTE);
        expect(clock.breachedAtMs !== null).toBe(clock.leftMs < 0 || (clock.leftMs === 0 && resolvedAtMs !== clockReaches(incident({ ...clocked, resolvedAtMs: null }), calendar, clock.targetMs, nowMs)));
        expect(clock.breachedAtMs === null ? 0 : targetClock(clocked, calendar, clock.breachedAtMs).leftMs).toBe(0);
        // If nothing happens until it is due, then it has used up all of it there, and not a millisecond earlier.
        const quiet = incident({ ...clocked, pauses: pauses.filter(({ fromMs }) => fromMs <= nowMs), resolvedAtMs: null });
        const leftAt = (atMs: number): number => targetClock(quiet, calendar, atMs).leftMs;
        expect(clock.dueAtMs === null || clock.dueAtMs <= nowMs ? [0, 1] : [leftAt(clock.dueAtMs), leftAt(clock.dueAtMs - 1)]).toEqual([0, 1]);
        // A pause that lasts moves nothing but the wall.
        const later = incident({ detectedAtMs, targetMinutes, pauses: [...pauses.filter(({ toMs }) => toMs !== null && toMs <= nowMs), { fromMs: nowMs, toMs: null, reason: '' }] });
        expect(targetClock(later, calendar, nowMs + 999 * HOUR).usedMs).toBe(targetClock(later, calendar, nowMs).usedMs);
      }), { numRuns: 300 });
  });
});
