import { expect, test } from 'vitest';
import { FULL_SCOPE } from '../warehouse.ts';
import type { KpiQuery } from '../warehouse.ts';
import { catalogue } from './catalogue.ts';
import { compileKpi } from './compile.ts';
import { resolveQuery } from './resolve-query.ts';
import { splitRange } from './segments.ts';

const at = (text: string): number => Date.parse(`2026-01-${text}Z`);

test('closed days are read from rollups, open ones and parts of quarter-hours from rows', () => {
  const closed = new Set(['2026-01-01', '2026-01-02', '2026-01-04']);
  expect(splitRange(at('01T10:07:30'), at('05T09:00:00'), closed)).toEqual({
    rollup: [{ fromMs: at('01T10:15:00'), toMs: at('03T00:00:00') }, { fromMs: at('04T00:00:00'), toMs: at('05T00:00:00') }],
    rows: [{ fromMs: at('01T10:07:30'), toMs: at('01T10:15:00') }, { fromMs: at('03T00:00:00'), toMs: at('04T00:00:00') }, { fromMs: at('05T00:00:00'), toMs: at('05T09:00:00') }],
  });
  expect(splitRange(at('01T10:01:00'), at('01T10:14:00'), closed)).toEqual({ rollup: [], rows: [{ fromMs: at('01T10:01:00'), toMs: at('01T10:14:00') }] });
  expect(splitRange(at('01T00:00:00'), at('01T00:00:00'), closed)).toEqual({ rollup: [], rows: [] });
});

test('long ranges read days, intervals of the clock quarter-hours, wide groupings and own thresholds rows', () => {
  const days = new Set(Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)));
  const tables = (query: Partial<KpiQuery>, scope = FULL_SCOPE): string[] => {
    const resolved = resolveQuery({ measures: ['service-level', 'logged-time'], by: [], from: '2026-02-01', to: '2026-12-01', where: {}, ...query }, scope, catalogue().measures, 'Europe/Paris');
    return [...new Set([...compileKpi(resolved, catalogue(), days, 'rows').sql.matchAll(/FROM store\.(\w+)/g)].map((match) => match[1] ?? ''))].toSorted();
  };
  const both = ['agent_states_by_day', 'agent_states_by_quarter', 'calls_by_day', 'calls_by_quarter'];
  expect(tables({})).toEqual(both);
  expect(tables({ by: ['month'] })).toEqual(both);
  expect(tables({ by: ['day'] })).toEqual(['agent_states_by_quarter', 'calls_by_quarter']);
  expect(tables({ where: { hour: ['9'] } })).toEqual(['agent_states_by_quarter', 'calls_by_quarter']);
  expect(tables({ measures: ['service-level'], by: ['queue'] })).toEqual(['legs_by_day', 'legs_by_quarter']);
  expect(tables({ measures: ['wait-p90'], by: ['queue', 'campaign'] })).toEqual(['legs_waits_by_day', 'legs_waits_by_quarter']);
  expect(tables({ measures: ['service-level'], by: ['queue', 'agent'] })).toEqual(['legs']);
  expect(tables({ measures: ['service-level'], targetSeconds: 30 })).toEqual(['calls']);
  expect(tables({ measures: ['service-level'] }, { ...FULL_SCOPE, queues: ['101'] })).toEqual(['legs_by_day', 'legs_by_quarter']);
  expect(tables({ measures: ['service-level'] }, { ...FULL_SCOPE, teams: ['blue'] })).toEqual(['legs']);
});
