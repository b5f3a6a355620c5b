import { expect, test } from 'vitest';
import { ratioTicks } from './ratio-ticks.ts';

test('round steps around what is drawn', () => {
  expect(ratioTicks([0.559, 0.853, null])).toEqual([0.5, 0.6, 0.7, 0.8, 0.9]);
  expect(ratioTicks([0.17, 0.94])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ratioTicks([0.05, 0.17])).toEqual([0.05, 0.1, 0.15, 0.2]);
});

test('one value, nothing, all or more than all', () => {
  expect(ratioTicks([1])).toEqual([0.99, 1]);
  expect(ratioTicks([])).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(ratioTicks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  const far = ratioTicks([0, 7]);
  expect([far[0], (far.at(-1) ?? 0) >= 7]).toEqual([0, true]);
});
