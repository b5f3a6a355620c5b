import { compareKeys, ORDERED } from './prepare-chart.ts';
import type { KpiAnswer, KpiKey, KpiRow } from './kpi-query.ts';

export interface Cell { value: number | null; /** Value of the compared period; undefined = nothing is compared. */ before?: number | null }
export interface TableRow { id: string; keys: KpiKey[]; cells: Cell[] }
export interface Table { fields: string[]; rows: TableRow[]; totals: Cell[] | null }

/** Rows with what they were in the compared period beside them; a group that was not there then has no value. */
export function prepareTable(answer: KpiAnswer): Table {
  const { comparison } = answer;
  const earlier = comparison && new Map(comparison.rows.map((row) => [rowId(row), row.values]));
  return {
    fields: answer.rows[0]?.keys.map(({ field }) => field) ?? [],
    rows: answer.rows.map((row) => ({ id: rowId(row), keys: row.keys, cells: cells(row.values, earlier ? earlier.get(rowId(row)) ?? [] : undefined) })),
    totals: answer.totals && cells(answer.totals.values, comparison ? comparison.totals?.values ?? [] : undefined),
  };
}

/** `at` counts the key columns first, then the measures. */
export interface Order { at: number; descending: boolean }

/** Sorted by one column; no value goes last either way, and equal rows keep the answer's order. */
export function sortRows(rows: readonly TableRow[], order: Order | null, label: (key: KpiKey) => string): TableRow[] {
  if (!order) return [...rows];
  const { at, descending } = order;
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [a.keys[at], b.keys[at]];
    if (left && right) return sign * (ORDERED.test(left.field) ? compareKeys(left, right) : label(left).localeCompare(label(right), undefined, { numeric: true }));
    const [x, y] = [a.cells[at - a.keys.length]?.value ?? null, b.cells[at - b.keys.length]?.value ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}

/** The change as people read it: points for ratios, a share for everything else; null where one side is missing. */
export function change({ value, before }: Cell, unit: string): number | null {
  if (value === null || before === null || before === undefined) return null;
  if (unit === 'RATIO') return value - before;
  return before === 0 ? null : value / before - 1;
}

function cells(values: readonly (number | null)[], before: readonly (number | null)[] | undefined): Cell[] {
  return values.map((value, at) => (before ? { value, before: before[at] ?? null } : { value }));
}

function rowId(row: KpiRow): string {
  return row.keys.map(({ value }) => value).join('\u001f');
}
