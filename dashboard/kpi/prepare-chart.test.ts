import { expect, test } from 'vitest';
import type { KpiAnswer, KpiRow } from './kpi-query.ts';
import { prepareChart } from './prepare-chart.ts';

const key = (field: string, value: string) => ({ field, value, name: null });
const row = (keys: [string, string][], ...values: (number | null)[]): KpiRow => ({ keys: keys.map(([field, value]) => key(field, value)), values });
const answer = (rows: KpiRow[], comparison: KpiAnswer['comparison'] = null): KpiAnswer => ({ __typename: 'Kpi', zone: 'UTC', from: '', to: '', dataAt: null, loadMark: 1, rows, totals: null, comparison });

test('the interval is the axis and the grouping makes the series, whatever their order', () => {
  const chart = prepareChart(answer([row([['day', '2026-03-03'], ['queue', 'a']], 3), row([['day', '2026-03-02'], ['queue', 'a']], 1), row([['day', '2026-03-02'], ['queue', 'b']], null)]), 0);
  expect(chart?.kind).toBe('time');
  expect(chart?.points.map(({ x, values }) => [x.value, values])).toEqual([['2026-03-02', { 'now:a': 1, 'now:b': null }], ['2026-03-03', { 'now:a': 3 }]]);
  expect(chart?.series.map(({ id }) => id)).toEqual(['now:a', 'now:b']);
});

test('hours are numbers', () => {
  expect(prepareChart(answer([row([['hour', '10']], 1), row([['hour', '9']], 1)]), 0)?.points.map(({ x }) => x.value)).toEqual(['9', '10']);
});

test('quarter-hours keep their order through the repeated hour', () => {
  const chart = prepareChart(answer([row([['30min', '2026-10-25T02:00:00+01:00']], 2), row([['30min', '2026-10-25T02:30:00+02:00']], 1)]), 0);
  expect(chart?.points.map(({ values }) => values['now:'])).toEqual([1, 2]);
});

test('groups are bars in the order of the answer', () => {
  const chart = prepareChart(answer([row([['queue', 'z']], 1), row([['queue', 'a']], 2)]), 0);
  expect([chart?.kind, chart?.points.map(({ x }) => x.value)]).toEqual(['groups', ['z', 'a']]);
});

test('the compared period is drawn beside a single series only', () => {
  const before = { from: '', to: '', rows: [row([['day', '2026-03-02']], 9)], totals: null };
  expect(prepareChart(answer([row([['day', '2026-03-02']], 1)], before), 0)?.series.map(({ compared }) => compared)).toEqual([false, true]);
});

test('at most eight series, and it says how many are left out', () => {
  const rows = Array.from({ length: 11 }, (_, at) => row([['queue', `q${at}`], ['day', '2026-03-02']], at));
  const chart = prepareChart(answer(rows), 0);
  expect([chart?.series.length, chart?.hidden]).toEqual([8, 3]);
});

test('no grouping, no chart', () => {
  expect(prepareChart(answer([row([], 1)]), 0)).toBeNull();
});
