import { expect } from 'vitest';
import type { KpiRow } from '../../warehouse.ts';
import { catalogue } from '../catalogue.ts';

interface Answered { rows: KpiRow[]; totals: KpiRow | null }

/** Counts must be the same, fractions to 1e-9. Rows in any order, those without any value may be there or not; totals where both have them. */
export function agree(answer: Answered, expected: Answered, by: readonly string[]): void {
  const keyOf = (row: KpiRow): string => JSON.stringify(by.map((key) => row[key]));
  const rows = new Map(answer.rows.map((row) => [keyOf(row), row]));
  const others = new Map(expected.rows.map((row) => [keyOf(row), row]));
  if (rows.size !== answer.rows.length) throw new Error(`${answer.rows.length} rows have only ${rows.size} keys`);
  const hasValue = (row: KpiRow | undefined): boolean => Object.entries(row ?? {}).some(([key, value]) => value !== null && !by.includes(key));
  expect([...rows.keys()].filter((key) => !others.has(key) && hasValue(rows.get(key))), 'rows that are too many').toEqual([]);
  expect([...others.keys()].filter((key) => !rows.has(key) && hasValue(others.get(key))), 'rows that are missing').toEqual([]);
  for (const [key, row] of others) if (hasValue(row) || rows.has(key)) same(key, rows.get(key) ?? {}, row);
  if (answer.totals && expected.totals) same('the totals', answer.totals, expected.totals);
}

const counts = new Set([...catalogue().measures.values()].filter(({ info }) => info.unit === 'count').map(({ info }) => info.id));

function same(of: string, actual: KpiRow, expected: KpiRow): void {
  for (const [key, value] of Object.entries(expected)) {
    const other = actual[key];
    if (other === value) continue;
    const near = typeof value === 'number' && typeof other === 'number' && !counts.has(key) && Math.abs(other - value) <= 1e-9 * Math.max(1, Math.abs(value));
    if (!near) expect([of, key, other]).toEqual([of, key, value]);
  }
}
