import { expect, test } from 'vitest';
import { summarise } from './bench.ts';
import { readmeTable } from './readme-table.ts';

const bench = { name: 'b', unit: 'rows/s', ratios: [{ name: 'ours to theirs', of: 'ours', to: 'theirs', atLeast: 0.5 }] };

test('medians, spread and ratios', () => {
  expect(summarise(bench, { ours: [100, 104, 96, 102, 98], theirs: [190, 200, 210, 200, 200] })).toEqual({
    name: 'b', unit: 'rows/s', ok: true,
    variants: { ours: { median: 100, spread: 0.08, runs: [100, 104, 96, 102, 98] }, theirs: { median: 200, spread: 0.1, runs: [190, 200, 210, 200, 200] } },
    ratios: [{ name: 'ours to theirs', value: 0.5, atLeast: 0.5, ok: true }],
    limits: [], tooWide: [],
  });
});

test('a missed ratio and a wide spread fail', () => {
  expect(summarise(bench, { ours: [99, 99, 99], theirs: [200, 200, 200] }).ok).toBe(false);
  expect(summarise(bench, { ours: [150, 180, 140], theirs: [200, 200, 200] }).ok).toBe(false);
});

test('what was measured in turn is compared round by round, and only the ratio may not spread', () => {
  const ratios = [{ name: 'large / small', of: 'large', to: 'small', atMost: 1.5, inTurn: true }];
  const drifting = summarise({ name: 'b', unit: 'ms', ratios }, { large: [12, 24, 18], small: [10, 20, 15] });
  expect(drifting).toMatchObject({ ok: true, tooWide: [], ratios: [{ value: 1.2, ok: true }] });
  expect(drifting.ratios[0]?.spread).toBeCloseTo(0);
  expect(summarise({ name: 'b', unit: 'ms', ratios }, { large: [12, 24, 18], small: [10, 20, 12] })).toMatchObject({ ok: false, tooWide: ['large / small'] });
});

test('a ratio without a bound is told, and may spread', () => {
  const ratios = [{ name: 'told', of: 'large', to: 'small', inTurn: true }, { name: 'told of medians', of: 'large', to: 'other' }];
  const result = summarise({ name: 'b', unit: 'ms', ratios }, { large: [12, 24, 18], small: [10, 20, 12], other: [1, 9, 2] });
  expect(result).toMatchObject({ ok: true, tooWide: [], ratios: [{ value: 1.2, ok: true }, { value: 9 }] });
  expect(readmeTable([result])).toContain('| told | reported only | 1.2 |');
});

test('a limit is of the worst round, a difference of the same round', () => {
  const limits = [{ name: 'added', of: 'all', minus: 'part', atMost: 4 }, { name: 'share', of: 'share', atMost: 0.1, unit: '%' }];
  const runs = { all: [10, 20, 30], part: [7, 16, 28], share: [0, 0, 0.09] };
  const result = summarise({ name: 'b', unit: 'ms', ratios: [], limits }, runs);
  expect(result.limits).toEqual([{ name: 'added', median: 3, worst: 4, atMost: 4, unit: 'ms', ok: true }, { name: 'share', median: 0, worst: 0.09, atMost: 0.1, unit: '%', ok: true }]);
  // What only limits use may spread.
  expect(result.ok).toBe(true);
  expect(summarise({ name: 'b', unit: 'ms', ratios: [], limits }, { ...runs, all: [10, 20, 32.5] }).ok).toBe(false);
  expect(summarise({ name: 'b', unit: 'ms', ratios: [], limits }, {}).ok).toBe(false);
});

test('seeds give means and ratios with their intervals, and may spread', () => {
  const seeded = {
    name: 's', unit: '', seeded: true as const, ratios: [{ name: 'ours / theirs', of: 'ours', to: 'theirs', atLeast: 2 }],
    limits: [{ name: 'share', of: 'share', atLeast: 0.8, unit: '', mean: true as const }, { name: 'worst', of: 'share', atMost: 0.9 }, { name: 'least', of: 'share', atLeast: 0.7 }],
  };
  // Theirs lived two seeds: the ratio is of those; pairs of one ratio leave no doubt.
  const result = summarise(seeded, { ours: [10, 40, 1000], theirs: [5, 20], share: [0.7, 0.85, 0.9] });
  expect(result).toMatchObject({ ok: true, tooWide: [], ratios: [{ value: 2, ok: true }], limits: [{ worst: 0.7, ok: true }, { worst: 0.9, ok: true }, { worst: 0.7, ok: true }] });
  expect(result.ratios[0]?.halfWidth).toBeCloseTo(0, 10);
  // t(97.5 %, 2) × s / √3 with s² = 0.01083: 4.303 × 0.0601.
  expect(result.limits[0]?.mean?.value).toBeCloseTo(0.8167, 4);
  expect(result.variants['share']?.mean?.halfWidth).toBeCloseTo(0.2586, 1);
  expect(summarise(seeded, { ours: [10], theirs: [5], share: [0.9] }).limits[0]).toMatchObject({ mean: { value: 0.9, halfWidth: null }, ok: true });
  expect(summarise(seeded, { ours: [10], theirs: [5], share: [0.7, 0.85] }).limits.map(({ ok }) => ok)).toEqual([false, true, true]);
  expect(summarise(seeded, { ours: [10], theirs: [5], share: [0.6, 0.95] }).limits.map(({ ok }) => ok)).toEqual([false, false, false]);
  expect(summarise(seeded, {})).toMatchObject({ ok: false, ratios: [{ ok: false }] });
  expect(readmeTable([result]).split('\n')[3]).toMatch(/^\| s \| share \| ≥ 0\.8 {2}\| 0\.817 ± 0\.2\d+ {2}\| ✓ \|$/);
});

test("the README's table says what was promised and what was measured", () => {
  const limits = [{ name: 'seen', of: 'seen', atMost: 500 }];
  const results = [summarise({ ...bench, limits }, { ours: [80, 80, 80], theirs: [200, 200, 200], seen: [100, 200, 420] })];
  expect(readmeTable(results).split('\n').slice(2)).toEqual(['| b | ours to theirs | ≥ 0.5 | 0.4 | missed |', '| b | seen | ≤ 500 rows/s | 200 rows/s (worst 420) | ✓ |']);
});
