import { expect, test } from 'vitest';
import { declared, draftFor } from './prepare-declare.ts';

const power = { slug: 'power', severity: 'CRITICAL' as const, targetMinutes: 5, affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 1 }] } };
const now = Date.parse('2026-03-02T10:00:30Z');
const draft = { ...draftFor(power, draftFor(null, null, '2026-03-02T11:00'), ''), title: ' Coupure ' };

test('a type fills in its target, severity and what it affects; what was typed stays', () => {
  const typed = { ...draftFor(null, null, '2026-03-02T11:00'), title: 'Coupure', started: '2026-03-02T10:50' };
  expect(draftFor(power, typed, '')).toMatchObject({ type: 'power', severity: 'CRITICAL', targetMinutes: 5, sites: ['douala'], title: 'Coupure', detected: '2026-03-02T11:00', started: '2026-03-02T10:50' });
});

test('what is sent is in UTC; a field’s minute that has just begun is not in the future', () => {
  expect(declared(draft, 'Africa/Douala', now)).toEqual({ problem: null, value: { type: 'power', title: 'Coupure', description: '', severity: 'CRITICAL', targetMinutes: 5, affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 1 }] }, startedAt: null, at: '2026-03-02T10:00:00.000Z' } });
});

test.each([
  [{ detected: '2026-03-02T11:05' }, 'future'], [{ started: '2026-03-02T11:01' }, 'startAfter'],
  [{ title: ' ' }, null], [{ targetMinutes: '' }, null], [{ detected: '' }, null],
] as const)('%o is not sent', (patch, problem) => {
  expect(declared({ ...draft, ...patch }, 'Africa/Douala', now)).toEqual({ value: null, problem });
});
