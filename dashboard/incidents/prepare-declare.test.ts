import { expect, test } from 'vitest';
import { declared, draftFor } from './prepare-declare.ts';

const power = { slug: 'power', severity: 'CRITICAL' as const, targetMinutes: 5, affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 1 }] } };
const now = Date.parse('2026-03-02T10:01:00Z');
const first = { text: '2026-03-02T11:00', ms: Date.parse('2026-03-02T10:00:42Z') };
const draft = { ...draftFor(power, draftFor(null, null, first), first), title: ' Coupure ' };

test('a type fills in its target, severity and what it affects; what was typed stays', () => {
  const typed = { ...draftFor(null, null, first), title: 'Coupure', started: '2026-03-02T10:50' };
  expect(draftFor(power, typed, first)).toMatchObject({ type: 'power', severity: 'CRITICAL', targetMinutes: 5, sites: ['douala'], title: 'Coupure', detected: '2026-03-02T11:00', started: '2026-03-02T10:50' });
});

test('what is sent is in UTC; an untouched field keeps its seconds', () => {
  expect(declared(draft, 'Africa/Douala', now)).toEqual({ problem: null, value: { type: 'power', title: 'Coupure', description: '', severity: 'CRITICAL', targetMinutes: 5, affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 1 }] }, startedAt: null, at: '2026-03-02T10:00:42.000Z' } });
  expect(declared({ ...draft, detected: '2026-03-02T10:58' }, 'Africa/Douala', now).value?.at).toBe('2026-03-02T09:58:00.000Z');
});

test.each([
  [{ detected: '2026-03-02T11:05' }, 'future'], [{ started: '2026-03-02T11:01' }, 'startAfter'],
  [{ title: ' ' }, null], [{ targetMinutes: '' }, null], [{ detected: '' }, null],
] as const)('%o is not sent', (patch, problem) => {
  expect(declared({ ...draft, ...patch }, 'Africa/Douala', now)).toEqual({ value: null, problem });
});
