import { expect, test } from 'vitest';
import { SHIPPED_TYPES } from '../../warehouse/operational/incidents/shipped-types.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { instantOption, personOption, severityOption, touchedOption, wholeOption } from './incident-options.ts';
import { UsageError } from './usage-error.ts';

const frame = { types: new Map(SHIPPED_TYPES.map((type) => [type.slug, type])) };
const touched = (more: Partial<Parameters<typeof touchedOption>[0]>): unknown => touchedOption({ tenant: [], site: [], queue: [], component: [], language: 'en', ...more }, smallCentre, frame);

test('what is named is touched, the rest is left to the type', () => {
  expect(touched({})).toEqual({});
  expect(touched({ tenant: ['ocm'], queue: ['101'], component: ['power', 'sql=0.5', 'crm=0,25'] })).toEqual({ tenants: ['ocm'], queues: ['101'], components: [{ component: 'power', share: 1 }, { component: 'sql', share: 0.5 }, { component: 'crm', share: 0.25 }] });
});

test.each([
  [() => touched({ site: ['lomé'] }), '--site "lomé": there are douala'],
  [() => touched({ queue: ['7'] }), '--queue "7": there are 101, 102'],
  [() => touched({ component: ['powr'] }), '--component "powr": there are telephony'],
  [() => touched({ component: ['power=2'] }), '--component "power=2": NAME or NAME=SHARE'],
  [() => touched({ component: ['power=0.0'] }), '--component "power=0.0": NAME or NAME=SHARE'],
  [() => touched({ tenant: ['x'], language: 'fr' }), '--tenant "x" : il y a ocm, sereno'],
  [() => severityOption('0', 'fr'), '--severity "0" : de 1 (critique) à 4 (gêne)'],
  [() => wholeOption('--limit', '1001', 1000, 'en'), '--limit "1001": a whole number from 1 to 1000'],
  [() => instantOption('--at', 'hier', 'Africa/Douala', 0, 'fr'), '--at "hier" : 14:05, « 2026-11-23 14:05 »'],
  [() => instantOption('--at', '2026-01-01 10:00', 'Africa/Douala', 0, 'en'), '--at "2026-01-01 10:00": The time that was given lies in the future.'],
  [() => personOption('vigie', 'fr'), '--by "vigie" : le nom d’une personne'],
  [() => personOption(' ', 'en'), '--by "": a person\'s name'],
])('what cannot be meant is named: %#', (parse, message) => {
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});
