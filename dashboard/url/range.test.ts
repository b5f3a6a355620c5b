import { expect, test } from 'vitest';
import { addDays, localDateAt, midnight } from './local-date.ts';
import { customRange, parseRange } from './range.ts';

const today = '2026-03-01'; // a Sunday

test.each([
  ['today', '2026-03-01', '2026-03-02'],
  ['yesterday', '2026-02-28', '2026-03-01'],
  ['this-week', '2026-02-23', '2026-03-02'],
  ['last-week', '2026-02-16', '2026-02-23'],
  ['last-7', '2026-02-23', '2026-03-02'],
  ['last-30', '2026-01-31', '2026-03-02'],
  ['this-month', '2026-03-01', '2026-04-01'],
  ['last-month', '2026-02-01', '2026-03-01'],
  ['2026-01-05..2026-01-09', '2026-01-05', '2026-01-10'],
])('%s', (text, from, to) => {
  expect(parseRange(text, today, 'today')).toMatchObject({ from, to });
});

test.each(['', 'nonsense', '2026-02-30..2026-03-01', '2026-03-05..2026-03-01', "2026-01-01';--..x"])('%j falls back', (text) => {
  expect(parseRange(text, today, 'last-7').name).toBe('last-7');
});

test('two instants of a drill-down', () => {
  expect(parseRange('2026-01-05T08:15:00+01:00..2026-01-05T08:30:00+01:00', today, 'today')).toEqual({ name: 'custom', from: '2026-01-05T08:15:00+01:00', to: '2026-01-05T08:30:00+01:00' });
  expect(parseRange('2026-01-05T08:30:00Z..2026-01-05T08:15:00Z', today, 'today').name).toBe('today');
});

test('a custom range is written in order', () => {
  expect(customRange('2026-01-09', '2026-01-05')).toBe('2026-01-05..2026-01-09');
});

test('a day begins at the zone’s midnight, also when the clock changes', () => {
  expect(new Date(midnight('2026-03-29', 'Europe/Paris')).toISOString()).toBe('2026-03-28T23:00:00.000Z');
  expect(new Date(midnight('2026-03-30', 'Europe/Paris')).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  expect(new Date(midnight('2026-03-30', 'Africa/Douala')).toISOString()).toBe('2026-03-29T23:00:00.000Z');
  expect(localDateAt(Date.parse('2026-01-31T23:30:00Z'), 'Africa/Douala')).toBe('2026-02-01');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});
