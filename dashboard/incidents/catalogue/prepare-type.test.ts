import { expect, test } from 'vitest';
import { formOf, TEXTS, typeOf, type TypeForm } from './prepare-type.ts';

const full: TypeForm = { ...formOf(null), slug: 'fibre-cut', ...Object.fromEntries(TEXTS.map((field) => [field, field])) };

test('a new type is sent with version 0, in both languages', () => {
  expect(typeOf(full, null, ['power'])).toMatchObject({ slug: 'fibre-cut', version: 0, labelFr: 'labelFr', solutionEn: 'solutionEn', targetMinutes: 60, calendar: null, affects: { sites: [], components: [] } });
});

test.each([
  ['a text is missing', { causesEn: ' ' }], ['no target', { targetMinutes: '' }], ['a slug that is taken', { slug: 'power' }], ['a slug with a space', { slug: 'a b' }],
])('%s: not sent', (_why, patch) => {
  expect(typeOf({ ...full, ...patch }, null, ['power'])).toBeNull();
});

test('a changed type gives back the version that was read, and keeps what the form does not show', () => {
  const before = { ...full, slug: 'power', label: '', causes: '', solution: '', targetMinutes: 5, calendar: 'douala', version: 3, affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 0.5 }] } };
  expect(typeOf({ ...formOf(before), targetMinutes: 10 }, before, ['power'])).toMatchObject({ slug: 'power', version: 3, targetMinutes: 10, calendar: 'douala', affects: { sites: ['douala'], components: [{ component: 'power', share: 0.5 }] } });
});
