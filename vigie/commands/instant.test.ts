import { expect, test } from 'vitest';
import { parseInstant } from './instant.ts';

const NOW = Date.parse('2026-11-23T13:30:00Z');
const parsed = (text: string, zone = 'Africa/Douala', nowMs = NOW): string | null => {
  const ms = parseInstant(text, zone, nowMs);
  return ms === null ? null : new Date(ms).toISOString();
};

test.each([
  ['14:05', '2026-11-23T13:05:00.000Z'],
  ['14h05', '2026-11-23T13:05:00.000Z'],
  ['9:05:30', '2026-11-23T08:05:30.000Z'],
  ['2026-11-22 23:59', '2026-11-22T22:59:00.000Z'],
  ['2026-11-22T23:59', '2026-11-22T22:59:00.000Z'],
  ['22/11/2026 23h59', '2026-11-22T22:59:00.000Z'],
  ['2026-11-23T14:05:00+02:00', '2026-11-23T12:05:00.000Z'],
  ['2026-11-23T14:05Z', '2026-11-23T14:05:00.000Z'],
  // Still to come, and no slip of the night: refused by whoever asks, not taken for yesterday's.
  ['15:00', '2026-11-23T14:00:00.000Z'],
])('%s is understood', (text, iso) => expect(parsed(text)).toBe(iso));

test('shortly after midnight the evening was yesterday', () => {
  expect(parsed('23:50', 'Europe/Paris', Date.parse('2026-11-22T23:10:00Z'))).toBe('2026-11-22T22:50:00.000Z');
});

test('clocks that change: a repeated hour is its first showing, a skipped one moves on', () => {
  expect(parsed('2026-10-25 02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
  expect(parsed('2026-03-29 02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
});

test.each(['', 'yesterday', '24:00', '12:60', '2026-02-30 10:00', '2026-02-30T10:00:00Z', '31/02/2026 10:00', '10', '2026-11-23', '2026-13-01T10:00:00Z', '１４:05'])('%j is none', (text) => expect(parsed(text)).toBeNull());
