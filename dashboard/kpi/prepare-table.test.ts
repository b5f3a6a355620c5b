import { expect, test } from 'vitest';
import type { KpiAnswer } from './kpi-query.ts';
import { change, prepareTable, sortRows } from './prepare-table.ts';

const key = (field: string, value: string) => ({ field, value, name: null });
const answer: KpiAnswer = {
  __typename: 'Kpi', zone: 'UTC', from: '', to: '', dataAt: null, loadMark: 1,
  rows: [{ keys: [key('queue', '101'), key('day', '2026-03-02')], values: [0.8, 10] }, { keys: [key('queue', '102'), key('day', '2026-03-02')], values: [null, 0] }],
  totals: { values: [0.79, 10] },
  comparison: { from: '', to: '', rows: [{ keys: [key('queue', '101'), key('day', '2026-03-02')], values: [0.9, 8] }], totals: { values: [0.9, 8] } },
};

test('a row stands beside the same row of the compared period', () => {
  const table = prepareTable(answer);
  expect(table.fields).toEqual(['queue', 'day']);
  expect(table.rows.map(({ cells }) => cells)).toEqual([[{ value: 0.8, before: 0.9 }, { value: 10, before: 8 }], [{ value: null, before: null }, { value: 0, before: null }]]);
  expect(table.totals).toEqual([{ value: 0.79, before: 0.9 }, { value: 10, before: 8 }]);
});

test('without a comparison nothing is compared', () => {
  expect(prepareTable({ ...answer, comparison: null }).rows[0]?.cells).toEqual([{ value: 0.8 }, { value: 10 }]);
});

test('ratios change in points, the rest in shares, and from nothing there is no change', () => {
  expect(change({ value: 0.8, before: 0.9 }, 'RATIO')).toBeCloseTo(-0.1);
  expect(change({ value: 10, before: 8 }, 'COUNT')).toBeCloseTo(0.25);
  expect([change({ value: 10, before: 0 }, 'COUNT'), change({ value: null, before: 1 }, 'COUNT'), change({ value: 1 }, 'COUNT')]).toEqual([null, null, null]);
});

test('sorting: by name or by value, no value last either way', () => {
  const rows = prepareTable({ ...answer, rows: [{ keys: [key('queue', 'File 10')], values: [null] }, { keys: [key('queue', 'File 9')], values: [2] }, { keys: [key('queue', 'File 1')], values: [7] }] }).rows;
  const names = (order: Parameters<typeof sortRows>[1]) => sortRows(rows, order, ({ value }) => value).map(({ id }) => id);
  expect(names(null)).toEqual(['File 10', 'File 9', 'File 1']);
  expect(names({ at: 0, descending: false })).toEqual(['File 1', 'File 9', 'File 10']);
  expect(names({ at: 1, descending: false })).toEqual(['File 9', 'File 1', 'File 10']);
  expect(names({ at: 1, descending: true })).toEqual(['File 1', 'File 9', 'File 10']);
});
