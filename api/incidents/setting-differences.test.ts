import { expect, test } from 'vitest';
import { settingDifferences } from './setting-differences.ts';

test('fields, names in an object and things in a list are told each for itself; the version is not', () => {
  const before = { version: 1, rexDays: 7, warnShares: [0.5, 0.8], availability: { sql: 0.99, crm: 0.95 }, contacts: [{ id: 'a', name: 'Awa', phone: '' }, { id: 'b', name: 'Bello', phone: '' }] };
  const after = { version: 2, rexDays: 10, warnShares: [0.5], availability: { crm: 0.95, power: 0.9999 }, contacts: [{ phone: '7', name: 'Awa', id: 'a' }, { id: 'c', name: 'Chef', phone: '' }] };
  expect(settingDifferences(before, after)).toEqual([
    { path: ['rexDays'], before: 7, after: 10 }, { path: ['warnShares'], before: [0.5, 0.8], after: [0.5] },
    { path: ['availability', 'sql'], before: 0.99, after: null }, { path: ['availability', 'power'], before: null, after: 0.9999 },
    { path: ['contacts', 'a'], before: { id: 'a', name: 'Awa', phone: '' }, after: { id: 'a', name: 'Awa', phone: '7' } }, { path: ['contacts', 'b'], before: { id: 'b', name: 'Bello', phone: '' }, after: null }, { path: ['contacts', 'c'], before: null, after: { id: 'c', name: 'Chef', phone: '' } },
  ]);
});

test('the same in another order of names is no difference; what was kept before there was a field has it as nothing', () => {
  expect(settingDifferences({ a: { x: 1, y: [{ b: 1, a: 2 }] } }, { a: { y: [{ a: 2, b: 1 }], x: 1 } })).toEqual([]);
  expect(settingDifferences({}, { availability: {}, onCall: [] })).toEqual([]);
  expect(settingDifferences({}, { availability: { sql: 0.9 }, onCall: [{ id: 'nuit' }], place: 'pont' })).toEqual([
    { path: ['availability', 'sql'], before: null, after: 0.9 }, { path: ['onCall', 'nuit'], before: null, after: { id: 'nuit' } }, { path: ['place'], before: null, after: 'pont' },
  ]);
  expect(settingDifferences({ contacts: [{ id: 'a', name: 'Awa' }] }, { contacts: [{ id: 'a', name: 'Awa', tenant: null }] })).toEqual([]);
  expect(settingDifferences(null, 'text')).toEqual([]);
});
