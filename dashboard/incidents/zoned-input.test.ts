import { expect, test } from 'vitest';
import { fromField, toField } from './zoned-input.ts';

test('a field and an instant say the same, on both sides of a change of the clocks', () => {
  for (const [zone, instant, text] of [['Africa/Douala', '2026-11-23T15:04:00Z', '2026-11-23T16:04'], ['Europe/Paris', '2026-10-24T22:30:00Z', '2026-10-25T00:30'], ['Europe/Paris', '2026-10-25T03:30:00Z', '2026-10-25T04:30'], ['Europe/Paris', '2026-03-29T01:30:00Z', '2026-03-29T03:30']] as const) {
    expect(toField(Date.parse(instant), zone)).toBe(text);
    expect(fromField(text, zone)).toBe(Date.parse(instant));
  }
});

test('an hour that comes twice is taken the first time', () => {
  expect(fromField('2026-10-25T02:30', 'Europe/Paris')).toBe(Date.parse('2026-10-25T00:30:00Z'));
});

test('nothing typed is no instant', () => {
  expect([fromField('', 'UTC'), fromField('2026-13-99T99:99', 'UTC')]).toEqual([null, null]);
});
