import { expect, test } from 'vitest';
import type { KpiAnswer } from './kpi-query.ts';
import { withNames } from './prepare-names.ts';

const row = (field: string, value: string, name: string | null = null) => ({ keys: [{ field, value, name }, { field: 'day', value: '2026-03-02', name: null }], values: [1] });
const answer = (rows: KpiAnswer['rows'], before: KpiAnswer['rows'] | null = null): KpiAnswer => ({ __typename: 'Kpi', rows, totals: { values: [1] }, comparison: before && { from: '', to: '', rows: before, totals: null }, zone: 'UTC', from: '', to: '', dataAt: null, loadMark: 1 });
const names = new Map([['incident-type', (slug: string) => new Map([['power', 'Soucis d’énergie']]).get(slug)]]);

test('a slug is told by its name, in the compared period too; one that nobody knows stays as it is', () => {
  const named = withNames(answer([row('incident-type', 'power'), row('incident-type', 'gone'), row('incident-type', 'old', 'Ancien')], [row('incident-type', 'power')]), names);
  expect(named.rows.map(({ keys }) => keys.map(({ name }) => name))).toEqual([['Soucis d’énergie', null], [null, null], ['Ancien', null]]);
  expect(named.comparison?.rows[0]?.keys[0]).toEqual({ field: 'incident-type', value: 'power', name: 'Soucis d’énergie' });
});

test('an answer without such fields is left alone, so that nothing is drawn again', () => {
  const queues = answer([row('queue', '101', 'Prépayé')]);
  expect(withNames(queues, names)).toBe(queues);
});
