import { expect, test } from 'vitest';
import type { KpiAnswer } from './kpi-query.ts';
import { prepareHeat } from './prepare-heat.ts';

function answer(cells: [number, number, number | null][]): KpiAnswer {
  return { __typename: 'Kpi', zone: 'UTC', from: '', to: '', dataAt: null, loadMark: 1, totals: null, comparison: null, rows: cells.map(([weekday, hour, value]) => ({ keys: [{ field: 'hour', value: String(hour), name: null }, { field: 'weekday', value: String(weekday), name: null }], values: [value] })) };
}

test('hours from the first to the last that any day has, missing cells without value', () => {
  const map = prepareHeat(answer([[1, 8, 10], [2, 10, 30], [7, 9, null]]), 0);
  expect(map.hours).toEqual([8, 9, 10]);
  expect(map.rows).toHaveLength(7);
  expect(map.rows[0]?.cells).toEqual([{ value: 10, heat: 0 }, { value: null, heat: 0 }, { value: null, heat: 0 }]);
  expect(map.rows[1]?.cells[2]).toEqual({ value: 30, heat: 1 });
});

test('nothing at all, and equal values', () => {
  expect(prepareHeat(answer([]), 0).hours).toEqual([]);
  expect(prepareHeat(answer([[1, 8, 5], [2, 8, 5]]), 0).rows[0]?.cells[0]?.heat).toBe(0);
});
