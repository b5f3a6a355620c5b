import { expect, test } from 'vitest';
import { summarise } from './bench.ts';

const bench = { name: 'b', unit: 'rows/s', ratios: [{ name: 'ours to theirs', of: 'ours', to: 'theirs', atLeast: 0.5 }] };

test('medians, spread and ratios', () => {
  expect(summarise(bench, { ours: [100, 104, 96, 102, 98], theirs: [190, 200, 210, 200, 200] })).toEqual({
    name: 'b', unit: 'rows/s', ok: true,
    variants: { ours: { median: 100, spread: 0.08, runs: [100, 104, 96, 102, 98] }, theirs: { median: 200, spread: 0.1, runs: [190, 200, 210, 200, 200] } },
    ratios: [{ name: 'ours to theirs', value: 0.5, atLeast: 0.5, ok: true }],
  });
});

test('a missed ratio and a wide spread fail', () => {
  expect(summarise(bench, { ours: [99, 99, 99], theirs: [200, 200, 200] }).ok).toBe(false);
  expect(summarise(bench, { ours: [150, 180, 140], theirs: [200, 200, 200] }).ok).toBe(false);
});
