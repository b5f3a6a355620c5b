import { expect, test } from 'vitest';
import { parseLink, questionDuring } from './parse-link.ts';

test.each([
  ['http://127.0.0.1:4700/calls/ocm/42-7?site=douala', { kind: 'CALL', tenant: 'ocm', callId: '42-7' }],
  ['/calls/ocm/a%2Fb', { kind: 'CALL', tenant: 'ocm', callId: 'a/b' }],
  [' /kpi?measures=offered&by=hour ', { kind: 'MEASURES', question: 'measures=offered&by=hour' }],
  ['/kpi', { kind: 'MEASURES', question: '' }],
  ['/calls', null], ['/calls/ocm', null], ['/agents/7', null], ['http://', null], ['hello', null],
])('%s', (address, link) => {
  expect(parseLink(address)).toEqual(link);
});

test('the measures from half an hour before the trouble until half an hour after its end, or now', () => {
  const incident = { detectedAt: '2026-03-02T10:10:20Z', startedAt: '2026-03-02T10:00:00Z', resolvedAt: '2026-03-02T11:00:00Z', sites: ['douala'], queues: [] };
  expect(questionDuring(incident, 0)).toBe('measures=offered,abandoned,service-level&by=15min&range=2026-03-02T09:30:00Z..2026-03-02T11:30:00Z&site=douala');
  expect(questionDuring({ ...incident, startedAt: null, resolvedAt: null }, Date.parse('2026-03-02T10:20:00Z'))).toContain('range=2026-03-02T09:40:00Z..2026-03-02T10:20:00Z');
});
