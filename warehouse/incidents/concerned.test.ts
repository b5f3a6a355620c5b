import { expect, test } from 'vitest';
import { smallCentre } from '../operational/fixtures/small-centre.ts';
import { concerned, placesOf } from './concerned.ts';

const [agent] = smallCentre.agents;
const [queue] = smallCentre.queues;
if (!agent || !queue) throw new Error('the small centre has no agents or no queues');
const NOW = Date.UTC(2026, 2, 2);
const places = placesOf({
  ...smallCentre, sites: ['douala', 'lille', 'empty'].map((id) => ({ id, name: id, zone: 'UTC' })),
  queues: [...smallCentre.queues, { ...queue, number: 301, tenant: 'ocm', validTo: '2025-06-01T00:00:00.000Z' }, { ...queue, number: 301, tenant: 'sereno', validFrom: '2025-06-01T00:00:00.000Z' }],
  agents: [...smallCentre.agents, { ...agent, number: 9001, tenant: 'sereno', site: 'lille', validTo: '2020-01-01T00:00:00.000Z' }],
});
const of = (touched: Partial<Record<'tenants' | 'sites' | 'queues', string[]>>, atMs = NOW): [string[], string[]] => {
  const { tenants, sites } = concerned({ tenants: [], sites: [], queues: [], components: [], ...touched }, atMs, places);
  return [tenants, sites];
};

test('an incident concerns the clients it names, else those of its queues, else those who work at its sites, else all', () => {
  expect(of({ tenants: ['ocm'], sites: ['lille'] })).toEqual([['ocm'], ['lille']]);
  expect(of({ queues: ['301'], sites: ['douala'] })).toEqual([['sereno'], ['douala']]);
  // Where nobody works any more, it is whoever ever did.
  expect(of({ sites: ['lille'] })).toEqual([['sereno'], ['lille']]);
  expect(of({ sites: ['lille', 'douala'] })).toEqual([['sereno', 'ocm'], ['lille', 'douala']]);
  expect(of({})).toEqual([['ocm', 'sereno'], ['douala', 'lille', 'empty']]);
});

test('numbers are recycled and clients come and go: what counts is whose they were then', () => {
  expect([of({ queues: ['301'] }, Date.UTC(2025, 4, 31))[0], of({ queues: ['301'] }, Date.UTC(2025, 5, 1))[0]]).toEqual([['ocm'], ['sereno']]);
  const moved = placesOf({ ...smallCentre, teams: [], campaigns: [], agents: [{ ...agent, tenant: 'gone', validTo: '2020-01-01T00:00:00.000Z' }, agent] });
  expect([moved.tenantsAt('douala', NOW), moved.tenantsAt('douala', Date.UTC(2019, 0, 1))]).toEqual([['ocm'], ['gone', 'ocm']]);
});

test('a site of which nobody knows who works there concerns every client', () => {
  expect([of({ sites: ['empty'] }), of({ sites: ['lille', 'gone'] })]).toEqual([[['ocm', 'sereno'], ['empty']], [['ocm', 'sereno'], ['lille', 'gone']]]);
  expect(of({ queues: ['abc', '__proto__'], sites: ['lille'] })).toEqual([['sereno'], ['lille']]);
});
