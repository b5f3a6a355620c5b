import { expect, test } from 'vitest';
import { byUrgency } from './prepare-order.ts';

const of = (number: number, level: 1 | 2, leftMs: number, state = 'DETECTED') => ({ number, severity: level === 1 ? 'CRITICAL' as const : 'MAJOR' as const, state, clock: { leftMs } });

test('the most urgent first: not resolved, then severity, then time left', () => {
  expect(byUrgency([of(1, 1, 5, 'RESOLVED'), of(2, 2, -60), of(3, 1, 90), of(4, 1, 10), of(5, 1, 10)]).map(({ number }) => number)).toEqual([4, 5, 3, 2, 1]);
});
