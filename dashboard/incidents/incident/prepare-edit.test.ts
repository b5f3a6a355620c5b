import { expect, test } from 'vitest';
import { changeOf, fieldsOf, keep, meet, take, type Edit } from './prepare-edit.ts';

const zone = 'Africa/Douala';
const detectedMs = Date.parse('2026-03-02T09:50:00Z');
const incident = { type: 'power', severity: 'CRITICAL' as const, title: 'Coupure', description: '', targetMinutes: 30, startedAt: '2026-03-02T09:40:42Z', affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 0.5 }] } };
const now = fieldsOf(incident, zone);
const writing = (patch: Partial<Edit['fields']>): Edit => ({ fields: { ...now, ...patch }, over: now });

test('only what was changed is sent, an untouched start keeps its seconds', () => {
  expect(now.started).toBe('2026-03-02T10:40');
  expect(changeOf(now, now, zone, detectedMs)).toEqual({ value: null, problem: null });
  expect(changeOf({ ...now, title: ' Coupure longue ', severity: 'MAJOR' }, now, zone, detectedMs).value).toEqual({ title: 'Coupure longue', severity: 'MAJOR' });
  expect(changeOf({ ...now, started: '' }, now, zone, detectedMs).value).toEqual({ startedAt: null });
  expect(changeOf({ ...now, started: '2026-03-02T10:30', affects: { ...now.affects, sites: [] } }, now, zone, detectedMs).value).toEqual({ startedAt: '2026-03-02T09:30:00.000Z', affects: { ...now.affects, sites: [] } });
});

test.each([
  [{ title: ' ' }, null], [{ targetMinutes: '' }, null], [{ targetMinutes: 0 }, null], [{ title: 'Coupure ' }, null], [{ started: '2026-03-02T10:51' }, 'startAfter'],
] as const)('%o is not sent', (patch, problem) => {
  expect(changeOf({ ...now, ...patch }, now, zone, detectedMs)).toEqual({ value: null, problem });
});

test('two at once: what was not touched follows the other, what was written stays and is shown beside his', () => {
  const theirs = fieldsOf({ ...incident, title: 'Panne EDF', severity: 'MAJOR', targetMinutes: 45 }, zone);
  const { edit, conflicts } = meet(writing({ title: 'Coupure longue', targetMinutes: 45 }), theirs);
  expect(edit.fields).toMatchObject({ title: 'Coupure longue', severity: 'MAJOR', targetMinutes: 45 });
  // Both wrote the same target: nothing to decide.
  expect(conflicts).toEqual(['title']);
  const kept = meet(keep(edit, theirs, 'title'), theirs);
  expect([kept.conflicts, changeOf(kept.edit.fields, theirs, zone, detectedMs).value]).toEqual([[], { title: 'Coupure longue' }]);
  const taken = meet(take(edit, theirs, 'title'), theirs);
  expect([taken.conflicts, changeOf(taken.edit.fields, theirs, zone, detectedMs).value]).toEqual([[], null]);
  // A third version is a conflict again.
  expect(meet(kept.edit, { ...theirs, title: 'Panne du réseau' }).conflicts).toEqual(['title']);
});
