import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comingExceptions, draftOf, exceptionOf, turned, type ExceptionDraft } from './prepare-exceptions.ts';

const days = (from: string, to: string, contact: string | null = null): ExceptionDraft => ({ wholeDays: true, from, to, contact });
const hours = (from: string, to: string, contact: string | null = 'a'): ExceptionDraft => ({ wholeDays: false, from, to, contact });

test('whole days are those of the calendar’s clocks, also where they change', () => {
  expect(exceptionOf(days('2026-12-25', '2026-12-25'), 'Africa/Douala')).toEqual({ from: '2026-12-24T23:00:00.000Z', to: '2026-12-25T23:00:00.000Z', contact: null });
  // The clocks of Paris go back in the night to the 25th of October: that day has 25 hours.
  expect(exceptionOf(days('2026-10-25', '2026-10-25'), 'Europe/Paris')).toEqual({ from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z', contact: null });
  expect(exceptionOf(hours('2026-12-24T18:00', '2026-12-25T06:30'), 'Europe/Paris')).toEqual({ from: '2026-12-24T17:00:00.000Z', to: '2026-12-25T05:30:00.000Z', contact: 'a' });
});

test.each([
  [days('', '2026-12-25'), 'exceptionIncomplete'], [days('2026-02-30', '2026-03-01'), 'exceptionIncomplete'], [hours('2026-12-24T18:00', ''), 'exceptionIncomplete'],
  [days('2026-12-26', '2026-12-25'), 'exceptionBackwards'], [hours('2026-12-24T18:00', '2026-12-24T18:00'), 'exceptionBackwards'],
])('%j is %s', (draft, problem) => {
  expect(exceptionOf(draft, 'Europe/Paris')).toBe(problem);
});

test('property: what is kept is read as it was written, in any zone', () => {
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-30'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  fc.assert(fc.property(fc.constantFrom('Africa/Douala', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata'), day, fc.integer({ min: 0, max: 40 }), (zone, from, more) => {
    const draft = days(from, new Date(Date.parse(from) + more * 86_400_000).toISOString().slice(0, 10));
    const kept = exceptionOf(draft, zone);
    expect(typeof kept === 'string' ? kept : draftOf(kept, zone)).toEqual(draft);
  }));
  const part = hours('2026-12-24T18:00', '2026-12-25T06:30');
  const kept = exceptionOf(part, 'Africa/Douala');
  expect(typeof kept === 'string' ? kept : draftOf(kept, 'Africa/Douala')).toEqual(part);
});

test('whole days become hours and back', () => {
  expect(turned(days('2026-12-24', '2026-12-25'))).toEqual(hours('2026-12-24T00:00', '2026-12-26T00:00', null));
  expect(turned(turned(days('2026-12-24', '2026-12-25')))).toEqual(days('2026-12-24', '2026-12-25'));
  expect(turned(hours('2026-12-24T18:00', '2026-12-25T06:00'))).toEqual(days('2026-12-24', '2026-12-25', 'a'));
  expect(turned(days('', '2026-12-25'))).toEqual(hours('', '2026-12-26T00:00', null));
});

test('what is over is not coming; the next one is first', () => {
  const at = (from: string, to: string) => ({ from: `${from}:00Z`, to: `${to}:00Z`, contact: null });
  const coming = comingExceptions([at('2026-12-25T00:00', '2026-12-26T00:00'), at('2026-01-01T00:00', '2026-01-02T00:00'), at('2026-11-23T10:00', '2026-11-23T22:00')], 'UTC', Date.parse('2026-11-23T12:00:00Z'));
  expect(coming.map(({ from, wholeDays, holds }) => [from, wholeDays, holds])).toEqual([['2026-11-23T10:00', false, true], ['2026-12-25', true, false]]);
});
