import { expect, test } from 'vitest';
import { resolveZone } from './resolve-zone.ts';

const zones = {
  tenants: [{ id: 'ocm', zone: 'Africa/Douala' }, { id: 'sereno', zone: 'Europe/Paris' }],
  sites: [{ id: 'douala', zone: 'Africa/Douala' }, { id: 'lille', zone: 'Europe/Paris' }],
};

test.each([
  ['asked', 'Asia/Tokyo', ['ocm'], ['lille'], 'Asia/Tokyo'],
  ['asked, unknown', 'Mars/Base', [], ['lille'], 'Europe/Paris'],
  ['one site', null, ['ocm'], ['lille'], 'Europe/Paris'],
  ['two sites of two zones', null, ['sereno'], ['lille', 'douala'], 'Europe/Paris'],
  ['a tenant', null, ['sereno'], [], 'Europe/Paris'],
  ['nothing', null, [], [], 'Africa/Douala'],
])('%s', (_name, asked, tenant, site, zone) => {
  expect(resolveZone(asked, tenant, site, zones)).toBe(zone);
});

test('before the names are there', () => {
  expect(resolveZone(null, [], [], { tenants: [], sites: [] })).toBe('UTC');
});
