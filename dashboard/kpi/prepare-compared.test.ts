import { expect, test } from 'vitest';
import { prepareCompared } from './prepare-compared.ts';

const over = (from: string, to: string) => ({ from, to, rows: [], totals: null });
const asked = { from: '2026-03-28T23:00:00Z', to: '2026-03-29T22:00:00Z', zone: 'Europe/Paris' };

test('a whole earlier day is whole, though one of the two has 23 hours', () => {
  expect(prepareCompared({ ...asked, comparison: over('2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z') }, null)).toMatchObject({ partial: false });
});

test('an earlier day up to half past nine is told as such', () => {
  expect(prepareCompared({ ...asked, comparison: over('2026-03-27T23:00:00Z', '2026-03-28T08:30:00Z') }, null)).toEqual({ fromMs: Date.parse('2026-03-27T23:00:00Z'), toMs: Date.parse('2026-03-28T08:30:00Z'), partial: true, missing: false });
});

test('February before March is shorter, not cut', () => {
  expect(prepareCompared({ from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z', zone: 'UTC', comparison: over('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z') }, null)).toMatchObject({ partial: false });
  expect(prepareCompared({ ...asked, comparison: null }, null)).toBeNull();
});

test('a history that begins inside the earlier period is told: its figures are too low', () => {
  const comparison = over('2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z');
  expect(prepareCompared({ ...asked, comparison }, '2026-03-28T06:00:00Z')).toMatchObject({ missing: true });
  expect(prepareCompared({ ...asked, comparison }, '2026-03-27T23:04:00Z')).toMatchObject({ missing: false });
});
