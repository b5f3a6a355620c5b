import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import { AnswerChange } from './answer-change.ts';

/** Seconds with half an answer expected in each; `times` as many come. Gives after how many expected ones a change was told, and the factor on the way. */
function watch(times: number, expected: number, seed: number): { told: { at: number; ratio: number }[]; factors: number[] } {
  const [random, change] = [new Random(seed), new AnswerChange()];
  const told: { at: number; ratio: number }[] = [];
  const factors: number[] = [];
  for (let at = 0.5; at <= expected; at += 0.5) {
    let seen = 0;
    // Ten chances a second: nearly Poisson.
    for (let chance = 0; chance < 10; chance += 1) if (random.chance(0.05 * times)) seen += 1;
    change.take(0.5, seen);
    const ratio = change.changed();
    if (ratio !== null) told.push({ at, ratio });
    factors.push(change.factor);
  }
  return { told, factors };
}

test('a rate that stays is told as changed once in thousands of answers', () => {
  const told = [1, 2, 3, 4, 5].map((seed) => watch(1, 4000, seed).told.length);
  expect(told.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(10);
});

test.each([1, 2, 3, 4, 5])('three times the answers are met after a few, told after some more, seed %i', (seed) => {
  const { told, factors } = watch(3, 30, seed);
  expect(Math.max(...factors.slice(0, 24))).toBeGreaterThan(1.2);
  expect(told[0]?.at).toBeLessThan(20);
  expect(told[0]?.ratio).toBeGreaterThan(2);
});

test.each([1, 2, 3, 4, 5])('a rate of a third is told, and is no reason to expect more, seed %i', (seed) => {
  const { told, factors } = watch(1 / 3, 120, seed);
  expect(told[0]?.at).toBeLessThan(120);
  expect(told[0]?.ratio).toBeLessThan(0.7);
  expect(Math.max(...factors.slice(0, 40))).toBeLessThan(1.5);
});
