import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarSchema } from '../configuration.ts';
import { Opening } from './opening.ts';
import { Timestamps } from './timestamps.ts';
import { ZoneOffsets } from './zone-offsets.ts';

const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
const HOUR = 3_600_000;

test('timestamps are those of Date, in every form', () => {
  const stamps = new Timestamps();
  fc.assert(fc.property(instant, (ms) => {
    const iso = new Date(ms).toISOString().slice(0, 23);
    const digits = iso.replaceAll(/\D/g, '');
    expect(stamps.dashed(ms)).toBe(iso.replace('T', ' '));
    expect(stamps.compact(ms)).toBe(digits);
    expect(stamps.compactSeconds(ms)).toBe(digits.slice(0, 14));
  }), { seed: 1, numRuns: 500 });
});

test.each(['Africa/Douala', 'Europe/Paris', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kathmandu'])('offsets of %s are those of Intl', (zone) => {
  const offsets = new ZoneOffsets(zone);
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  fc.assert(fc.property(instant, (ms) => {
    expect(new Date(offsets.localMs(ms)).toISOString().slice(0, 19)).toBe(format.format(ms).replace(' ', 'T'));
  }), { seed: 2, numRuns: 200 });
});

test('the offset changes at the instant of the change, in both directions', () => {
  const paris = new ZoneOffsets('Europe/Paris');
  const spring = Date.UTC(2026, 2, 29, 1);
  const autumn = Date.UTC(2026, 9, 25, 1);
  expect([spring - 1, spring, autumn - 1, autumn].map((ms) => paris.offsetMs(ms) / HOUR)).toEqual([1, 2, 2, 1]);
});

test('midnights follow the clock on days of 23 and 25 hours', () => {
  const paris = new ZoneOffsets('Europe/Paris');
  const midnights = [Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 2, 29, 12), Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 12)].map((ms) => new Date(paris.nextMidnightMs(ms)).toISOString());
  expect(midnights).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', '2026-10-25T23:00:00.000Z', '2026-10-25T23:00:00.000Z']);
});

test('a calendar opens at its local hour, also after the change of time, and never on a holiday', () => {
  const calendar = calendarSchema.parse({
    id: 'c', zone: 'Europe/Paris', holidays: ['2026-05-01'],
    weekdays: { 1: [{ from: '08:00', to: '12:00' }, { from: '14:00', to: '24:00' }], 5: [{ from: '08:00', to: '18:00' }], 7: [{ from: '00:00', to: '04:00' }] },
  });
  const opening = new Opening(calendar, new ZoneOffsets('Europe/Paris'));
  const open = (...utc: Parameters<typeof Date.UTC>): boolean => opening.isOpen(Date.UTC(...utc));
  // Mondays before and after the change: 08:00 is 07:00, then 06:00 UTC.
  expect([open(2026, 2, 23, 6, 59, 59), open(2026, 2, 23, 7), open(2026, 2, 30, 5, 59, 59), open(2026, 2, 30, 6)]).toEqual([false, true, false, true]);
  expect([open(2026, 2, 23, 10, 59, 59), open(2026, 2, 23, 11), open(2026, 2, 23, 22, 59, 59), open(2026, 2, 23, 23)]).toEqual([true, false, true, false]);
  expect([open(2026, 3, 24, 9), open(2026, 4, 1, 9), open(2026, 2, 24, 9)]).toEqual([true, false, false]);
  // The Sunday whose 02:00-03:00 is missing: 04:00 local comes at 02:00 UTC.
  expect([open(2026, 2, 29, 1, 59), open(2026, 2, 29, 2)]).toEqual([true, false]);
});
