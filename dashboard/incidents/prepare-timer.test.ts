import { expect, test } from 'vitest';
import { shownSeconds, timerAt as at, type ClockSaid } from './prepare-timer.ts';

const MINUTE = 60_000;
const timerAt = (clock: ClockSaid, nowMs: number) => at(clock, nowMs, 0.75);
const said = (more: Partial<ClockSaid> = {}): ClockSaid => ({ state: 'RUNNING', targetMs: 60 * MINUTE, leftMs: 20 * MINUTE, breachedAt: null, asOfMs: 1_000_000, ...more });

test('a running clock goes on from what the server said, by the server’s clock', () => {
  expect(timerAt(said(), 1_000_000 + 5 * MINUTE)).toEqual({ kind: 'running', leftMs: 15 * MINUTE, share: 0.75, verdict: 'warn' });
  expect(timerAt(said({ leftMs: 40 * MINUTE }), 1_000_000)).toMatchObject({ kind: 'running', verdict: 'ok' });
  // An answer that is newer than the page's last tick does not turn the clock back.
  expect(timerAt(said(), 999_000).leftMs).toBe(20 * MINUTE);
});

test('past the target it is overdue, before the server has said so', () => {
  expect(timerAt(said(), 1_000_000 + 25 * MINUTE)).toEqual({ kind: 'overdue', leftMs: -5 * MINUTE, share: 1, verdict: 'bad' });
});

test.each(['PAUSED', 'OFF_HOURS'] as const)('%s stands still and does not warn', (state) => {
  expect(timerAt(said({ state, leftMs: 5 * MINUTE }), 9_000_000)).toMatchObject({ leftMs: 5 * MINUTE, verdict: 'ok' });
});

test('a breach that was noted stands, whatever is left', () => {
  expect(timerAt(said({ state: 'PAUSED', breachedAt: '2026-03-01T10:00:00Z' }), 1_000_000)).toMatchObject({ kind: 'paused', verdict: 'bad' });
  expect(timerAt(said({ state: 'STOPPED', breachedAt: '2026-03-01T10:00:00Z' }), 1_000_000)).toMatchObject({ kind: 'late', verdict: 'bad' });
  expect(timerAt(said({ state: 'STOPPED' }), 9_000_000)).toMatchObject({ kind: 'inTarget', leftMs: 20 * MINUTE, verdict: 'ok' });
});

test('0:00 is shown only when nothing is left', () => {
  expect([1, 1000, 1001, 0, -1, -1000, -61_000].map(shownSeconds)).toEqual([1, 1, 2, 0, 0, 1, 61]);
});
