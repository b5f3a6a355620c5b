import { expect } from 'vitest';
import type { KpiRow } from '../../warehouse.ts';
import { catalogue } from '../catalogue.ts';

/** Counts must be the same, fractions to 1e-9. Rows in any order. */
export function agree(answer: { rows: KpiRow[]; totals: KpiRow | null }, expected: { rows: KpiRow[]; totals: KpiRow }, by: readonly string[]): void {
  const keyOf = (row: KpiRow): string => JSON.stringify(by.map((key) => row[key]));
  const sorted = (rows: KpiRow[]): KpiRow[] => rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rows = sorted(answer.rows);
  expect(rows.map((row) => keyOf(row))).toEqual(sorted(expected.rows).map((row) => keyOf(row)));
  sorted(expected.rows).forEach((row, index) => { same(rows[index] ?? {}, row); });
  same(answer.totals ?? {}, expected.totals);
}

const counts = new Set([...catalogue().measures.values()].filter(({ info }) => info.unit === 'count').map(({ info }) => info.id));

function same(actual: KpiRow, expected: KpiRow): void {
  for (const [key, value] of Object.entries(expected)) {
    const other = actual[key];
    if (typeof value !== 'number' || typeof other !== 'number' || counts.has(key)) expect([key, other]).toEqual([key, value]);
    else if (Math.abs(other - value) > 1e-9 * Math.max(1, Math.abs(value))) expect([key, other]).toEqual([key, value]);
  }
}
