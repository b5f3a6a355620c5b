import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../telephony/configuration.ts';
import { afterOpenMs, isOpenAt, openMs } from './working-time.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const OFFICE: Calendar['weekdays'] = Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '08:00', to: '12:00' }, { from: '13:00', to: '18:00' }]]));
const calendar = (zone: string, weekdays: Calendar['weekdays'] = OFFICE, holidays: string[] = []): Calendar => ({ id: 'essai', zone, weekdays, holidays });
const at = (text: string): number => Date.parse(text);

describe('hours of a calendar', () => {
  test('working days, a night, a weekend and a holiday', () => {
    const douala = calendar('Africa/Douala', OFFICE, ['2026-03-04']);
    // Monday 07:00 to 19:00 local time, which is UTC + 1.
    expect(openMs(douala, at('2026-03-02T06:00:00Z'), at('2026-03-02T18:00:00Z'))).toBe(9 * HOUR);
    expect(openMs(douala, at('2026-03-02T10:30:00Z'), at('2026-03-02T12:30:00Z'))).toBe(HOUR);
    expect(openMs(douala, at('2026-03-02T16:00:00Z'), at('2026-03-03T08:00:00Z'))).toBe(2 * HOUR);
    expect(openMs(douala, at('2026-03-02T00:00:00Z'), at('2026-03-09T00:00:00Z'))).toBe(36 * HOUR);
    expect(afterOpenMs(douala, at('2026-03-03T16:30:00Z'), HOUR)).toBe(at('2026-03-05T07:30:00Z'));
    expect(afterOpenMs(douala, at('2026-03-06T16:30:00Z'), 30 * MINUTE)).toBe(at('2026-03-06T17:00:00Z'));
    expect([isOpenAt(douala, at('2026-03-02T06:59:59.999Z')), isOpenAt(douala, at('2026-03-02T07:00:00Z')), isOpenAt(douala, at('2026-03-02T11:00:00Z'))]).toEqual([false, true, false]);
    expect(afterOpenMs(calendar('UTC', {}), 0, 1)).toBeNull();
    expect([openMs(null, 5, 9), openMs(null, 9, 5), afterOpenMs(null, 5, 9), isOpenAt(null, 0)]).toEqual([4, 0, 14, true]);
  });

  test('hours that overlap or stand in any order count once', () => {
    expect(openMs(calendar('UTC', { 1: [{ from: '13:00', to: '24:00' }, { from: '08:00', to: '12:00' }, { from: '11:00', to: '14:00' }] }), at('2026-03-02T00:00:00Z'), at('2026-03-03T00:00:00Z'))).toBe(16 * HOUR);
  });

  test('a night of 23 or 25 hours is as long as it really was', () => {
    const always = calendar('Europe/Paris', Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:00', to: '24:00' }]])));
    const nights = calendar('Europe/Paris', { 7: [{ from: '01:00', to: '04:00' }] });
    expect(openMs(always, at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z'))).toBe(23 * HOUR);
    expect(openMs(nights, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(2 * HOUR);
    expect(openMs(nights, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'))).toBe(4 * HOUR);
    // The wall clock shows 02:15 to 02:45 twice in October, never in March.
    const half = calendar('Europe/Paris', { 7: [{ from: '02:15', to: '02:45' }] });
    expect([openMs(half, at('2026-03-29T00:00:00Z'), at('2026-03-29T06:00:00Z')), openMs(half, at('2026-10-25T00:00:00Z'), at('2026-10-25T06:00:00Z'))]).toEqual([0, HOUR]);
    expect(afterOpenMs(half, at('2026-10-25T00:00:00Z'), 45 * MINUTE)).toBe(at('2026-10-25T01:30:00Z'));
  });

  test('whatever the calendar: the minutes at which the wall clock shows an open hour, around both changes of the clocks', () => {
    const starts = ['2026-03-27T20:00:00Z', '2026-10-23T20:00:00Z', '2026-12-31T00:00:00Z'].map(at);
    const zones = ['Europe/Paris', 'Africa/Douala', 'America/New_York', 'Australia/Lord_Howe'];
    const MINUTES = 4 * 1440;
    const walls = new Map(zones.flatMap((zone) => starts.map((start) => [`${zone} ${start}`, wallClock(zone, start, MINUTES)] as const)));
    const time = fc.integer({ min: 0, max: 48 }).map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
    const hours = fc.array(fc.tuple(time, time).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })), { maxLength: 3 });
    const holiday = fc.constantFrom('2026-03-29', '2026-10-25', '2027-01-01', '2026-07-14').map(String);
    fc.assert(fc.property(fc.constantFrom(...zones), fc.constantFrom(...starts), fc.tuple(hours, hours, hours), fc.array(holiday, { maxLength: 1 }), fc.integer({ min: 0, max: MINUTES }), fc.integer({ min: 0, max: MINUTES }), (zone, start, [a, b, c], holidays, one, two) => {
      const tried = calendar(zone, { 1: a, 2: b, 3: c, 4: a, 5: b, 6: c, 7: a }, holidays);
      const [from, to] = [Math.min(one, two), Math.max(one, two)];
      const wall = walls.get(`${zone} ${start}`) ?? [];
      const isOpen = ({ weekday, date, clock }: Wall): boolean => !holidays.includes(date) && (tried.weekdays[weekday] ?? []).some((each) => each.from <= clock && clock < each.to);
      const open = wall.slice(from, to).filter(isOpen).length;
      expect(openMs(tried, start + from * MINUTE, start + to * MINUTE)).toBe(open * MINUTE);
      const reached = afterOpenMs(tried, start + from * MINUTE, open * MINUTE) ?? 0;
      const counted = [reached, reached - 1].map((atMs) => openMs(tried, start + from * MINUTE, atMs));
      expect([reached <= start + to * MINUTE, ...counted]).toEqual(open === 0 ? [true, 0, 0] : [true, open * MINUTE, open * MINUTE - 1]);
    }), { numRuns: 300 });
  });
});

interface Wall { weekday: '1' | '2' | '3' | '4' | '5' | '6' | '7'; date: string; clock: string }

/** What the wall clock of a zone shows each minute, as Intl says. */
function wallClock(zone: string, startMs: number, minutes: number): Wall[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  return Array.from({ length: minutes }, (_, minute) => {
    const [date = '', clock = ''] = format.format(startMs + minute * MINUTE).split(' ');
    const weekday = (['7', '1', '2', '3', '4', '5', '6'] as const)[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '1';
    return { weekday, date, clock };
  });
}
