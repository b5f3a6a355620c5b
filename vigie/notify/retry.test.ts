import { expect, test } from 'vitest';
import { MOST_ATTEMPTS, pauseAfter, silenceAfter } from './retry.ts';

const HOUR = 3_600_000;
const pauses = (random: () => number): number[] => Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => pauseAfter(index + 1, random) ?? Number.NaN);

test('twelve attempts, about six hours, growing from a minute to an hour, never all at one time', () => {
  expect(pauses(() => 0).map((ms) => ms / 60_000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
  const total = (random: () => number): number => pauses(random).reduce((sum, ms) => sum + ms) / HOUR;
  expect([total(() => 0), total(() => 1)].map((hours) => Math.round(10 * hours) / 10)).toEqual([6.1, 4.5]);
  expect(pauseAfter(MOST_ATTEMPTS)).toBeNull();
});

test('a server that is away is asked again for ever, every five minutes at last', () => {
  expect([1, 2, 3, 7, 1000].map((failures) => silenceAfter(failures, () => 0) / 1000)).toEqual([5, 10, 20, 300, 300]);
});
