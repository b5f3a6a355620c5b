import { describe, expect, test } from 'vitest';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { boardZone, localDay } from './day.ts';

describe('the local day', () => {
  test.each([
    ['an ordinary day', '2026-01-15T12:00:00Z', 'Africa/Douala', '2026-01-15', '2026-01-16', '2026-01-14T23:00:00Z'],
    ['just before midnight', '2026-01-15T22:59:59.999Z', 'Africa/Douala', '2026-01-15', '2026-01-16', '2026-01-14T23:00:00Z'],
    ['at midnight', '2026-01-15T23:00:00Z', 'Africa/Douala', '2026-01-16', '2026-01-17', '2026-01-15T23:00:00Z'],
    ['a day of 23 hours', '2026-03-29T21:59:00Z', 'Europe/Paris', '2026-03-29', '2026-03-30', '2026-03-28T23:00:00Z'],
    ['a day of 25 hours', '2026-10-25T22:59:00Z', 'Europe/Paris', '2026-10-25', '2026-10-26', '2026-10-24T22:00:00Z'],
    ['a midnight that does not exist', '2026-09-06T20:00:00Z', 'America/Santiago', '2026-09-06', '2026-09-07', '2026-09-06T04:00:00Z'],
    ['the last day of a year', '2026-12-31T12:00:00Z', 'Asia/Kathmandu', '2026-12-31', '2027-01-01', '2026-12-30T18:15:00Z'],
  ])('%s', (_name, now, zone, date, next, from) => {
    expect(localDay(Date.parse(now), zone)).toEqual({ date, next, fromMs: Date.parse(from) });
  });
});

describe("the board's zone", () => {
  const centre = {
    sites: [{ id: 'douala', name: 'Douala', zone: 'Africa/Douala' }, { id: 'lille', name: 'Lille', zone: 'Europe/Paris' }],
    tenants: [{ id: 'ocm', customerNumber: 1, name: 'OCM', zone: 'Africa/Lagos' }, { id: 'sereno', customerNumber: 2, name: 'Sereno', zone: 'Europe/Berlin' }],
  };
  test.each([
    ['the asked one', { zone: 'Asia/Tokyo', site: ['lille'] }, FULL_SCOPE, 'Asia/Tokyo'],
    ["the site's", { site: ['lille'] }, FULL_SCOPE, 'Europe/Paris'],
    ["the only visible site's", {}, { ...FULL_SCOPE, sites: ['douala'] }, 'Africa/Douala'],
    ["several sites: the tenant's", { tenant: ['sereno'] }, FULL_SCOPE, 'Europe/Berlin'],
    ["several sites: the visible tenant's", {}, { ...FULL_SCOPE, tenants: ['sereno'] }, 'Europe/Berlin'],
    ["several tenants: the first's", {}, FULL_SCOPE, 'Africa/Lagos'],
    ['nothing visible', { tenant: [], site: [] }, FULL_SCOPE, 'UTC'],
  ])('%s', (_name, filter, scope, zone) => {
    expect(boardZone(centre, scope, filter)).toBe(zone);
  });
});
