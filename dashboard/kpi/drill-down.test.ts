import { expect, test } from 'vitest';
import { parseRange } from '../url/range.ts';
import { drillDown, pageBehind } from './drill-down.ts';

const key = (field: string, value: string) => ({ field, value, name: null });

test.each([
  ['day', '2026-03-02', '2026-03-02', '2026-03-03'],
  ['week', '2026-03-02', '2026-03-02', '2026-03-09'],
  ['month', '2026-02', '2026-02-01', '2026-03-01'],
  ['30min', '2026-03-02T08:30:00+01:00', '2026-03-02T08:30:00+01:00', '2026-03-02T08:00:00.000Z'],
])('%s %s', (field, value, from, to) => {
  const range = String(drillDown([key(field, value)], 'queued')['range']);
  expect(parseRange(range, '2030-01-01', 'today')).toMatchObject({ from, to });
});

test('ids become filters, the measure the fate, and what calls do not know is left out', () => {
  expect(drillDown([key('queue', '101'), key('hour', '8')], 'abandoned')).toEqual({ direction: 'INBOUND', fate: 'ABANDONED', queue: '101' });
  expect(drillDown([], 'service-level')).toEqual({ direction: 'INBOUND', fate: undefined });
  expect(drillDown([key('campaign', '9000')], 'nuisance-rate')).toEqual({ direction: 'OUTBOUND', result: 'NUISANCE', campaign: '9000' });
  expect(drillDown([], 'dial-attempts')).toEqual({ direction: 'OUTBOUND' });
  expect(drillDown([], 'agent-contacts')).toEqual({ direction: null, fate: undefined });
});

test('what incidents are measured by leads to them', () => {
  expect([['tenant', 'queue'], ['tenant', 'incident_type', 'severity'], ['component', 'site']].map(pageBehind)).toEqual(['/calls', '/incidents/sla', '/incidents/sla']);
  expect(drillDown([key('incident-type', 'power'), key('severity', '1')], 'breaches')).toMatchObject({ type: 'power', outcome: 'breached' });
  expect(drillDown([key('component', 'crm'), key('day', '2026-03-02')], 'availability')).toMatchObject({ component: 'crm', range: '2026-03-02..2026-03-02' });
});
