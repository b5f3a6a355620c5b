import { describe, expect, test } from 'vitest';
import { parseBehind, prepareBehind } from './prepare-behind.ts';
import { prepareCalendar } from './prepare-calendar.ts';
import { prepareComponents } from './prepare-components.ts';
import { delayTicks, prepareTrend, stepOf } from './prepare-trend.ts';

const key = (field: string, value: string) => ({ field, value, name: null });

describe('the calendar', () => {
  const cell = (component: string, day: string, availability: number | null, outage: number) => ({ keys: [key('component', component), key('day', day)], values: [availability, outage] });
  test('shows components that stood still, the worst first, and a gap where the day has not come', () => {
    const { days, rows } = prepareCalendar([cell('crm', '2026-11-02', 0.9, 600), cell('crm', '2026-11-01', 1, 0), cell('sql', '2026-11-01', 0, 86_400), cell('sql', '2026-11-02', null, 0), cell('power', '2026-11-01', 1, 0)]);
    expect(days).toEqual(['2026-11-01', '2026-11-02']);
    expect(rows.map(({ component }) => component)).toEqual(['sql', 'crm']);
    expect(rows[0]?.cells).toEqual([{ day: '2026-11-01', seconds: 86_400, availability: 0, heat: 1 }, { day: '2026-11-02', seconds: null, availability: null, heat: 0 }]);
    expect(rows[1]?.cells.map(({ heat }) => heat > 0.15 && heat < 1)).toEqual([false, true]);
  });
});

describe('the incidents behind a number', () => {
  const one = (number: number, some: object) => ({ number, type: 'power', startedAt: null, detectedAt: '2026-11-01T22:30:00Z', resolvedAt: '2026-11-02T01:00:00Z', clock: { breachedAt: null }, affects: { components: [{ component: 'power' }] }, ...some });
  const all = [one(1, {}), one(2, { type: 'service-stopped', clock: { breachedAt: '2026-11-01T23:00:00Z' } }), one(3, { detectedAt: '2026-11-05T08:00:00Z', resolvedAt: null, affects: { components: [] } })];
  const behind = (search: string): number[] => prepareBehind(all, parseBehind((name) => new URLSearchParams(search).get(name)), 'Europe/Paris', Date.parse('2026-11-07T10:00:00Z')).map(({ number }) => number);
  test.each([['', [1, 2, 3]], ['type=power', [1, 3]], ['component=power', [1, 2]], ['outcome=breached', [2]], ['outcome=within', [1]], ['day=2026-11-01', [1, 2]], ['day=2026-11-02', [1, 2]], ['day=2026-11-06', [3]], ['day=2026-11-03', []], ['day=x', [1, 2, 3]]])('of %s', (search, numbers) => {
    expect(behind(search)).toEqual(numbers);
  });
});

describe('components', () => {
  const row = (component: string, ...values: (number | null)[]) => ({ keys: [key('component', component)], values });
  test('are judged by their target, their budget and how fast it burns', () => {
    const burns = new Map([['1h' as const, [row('sql', 20), row('crm', 14.3)]], ['6h' as const, [row('sql', 5)]], ['3d' as const, [row('sql', 1)]]]);
    const [sql, crm] = prepareComponents([row('crm', 0.9995, 10, 0.2), row('sql', 0.9, 4000, -3)], burns, () => 0.999);
    expect(sql).toMatchObject({ component: 'sql', verdict: 'bad', budgetVerdict: 'bad', burn: [{ verdict: 'bad' }, { verdict: 'ok' }, { verdict: 'warn' }] });
    expect(crm).toMatchObject({ component: 'crm', verdict: 'ok', budgetVerdict: 'warn', burn: [{ value: 14.3, verdict: 'ok' }, { value: null }, { value: null }] });
  });
});

test.each([[0, [0, 60]], [50, [0, 60]], [200, [0, 60, 120, 180, 240]], [3600, [0, 900, 1800, 2700, 3600]], [90_000, [0, 43_200, 86_400, 129_600]], [30 * 86_400, [0, 1_209_600, 2_419_200, 3_628_800]]])('an axis up to %d s is marked at round times', (longest, ticks) => {
  expect(delayTicks(longest)).toEqual(ticks);
});

test('a trend has steps that a chart can hold, and gaps where nothing is known', () => {
  expect([stepOf('2026-11-01', '2026-11-08'), stepOf('2026-06-01', '2026-12-01'), stepOf('2025-01-01', '2026-12-01')]).toEqual(['day', 'week', 'month']);
  expect(prepareTrend([{ keys: [key('day', '2026-11-01')], values: [null, 60, 900, 3, 1] }])).toEqual([{ key: '2026-11-01', field: 'day', mttd: null, mtta: 60, mttr: 900, within: 2, breaches: 1 }]);
});
