import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestShares, outageSpans } from './outage-spans.ts';
import { anIncident } from './test-support/an-incident.ts';

const trouble = fc.record({ fromMs: fc.nat(40), length: fc.option(fc.integer({ min: 1, max: 30 })), sharePpm: fc.constantFrom(250_000, 500_000, 1_000_000) })
  .map(({ fromMs, length, sharePpm }) => ({ fromMs, toMs: length === null ? null : fromMs + length, sharePpm }));

test('at each instant the largest share counts, in spans that do not touch without need', () => {
  fc.assert(fc.property(fc.array(trouble, { maxLength: 8 }), (troubles) => {
    const spans = largestShares(troubles);
    const shareAt = (all: ReturnType<typeof largestShares>, at: number): number => Math.max(0, ...all.filter(({ fromMs, toMs }) => fromMs <= at && at < (toMs ?? Infinity)).map(({ sharePpm }) => sharePpm));
    for (let at = -1; at < 100; at++) {
      expect(shareAt(spans, at)).toBe(shareAt(troubles, at));
      expect(spans.filter(({ fromMs, toMs }) => fromMs <= at && at < (toMs ?? Infinity)).length).toBeLessThanOrEqual(1);
    }
    expect(spans.filter((span, index) => span.toMs === null && index < spans.length - 1)).toEqual([]);
    expect(spans.filter((span, index) => spans[index + 1]?.fromMs === span.toMs && spans[index + 1]?.sharePpm === span.sharePpm)).toEqual([]);
  }));
});

test('everybody has the outages of each, a tenant and a site their own', () => {
  const at = (tenants: string[], sites: string[], fromMs: number) => anIncident({
    number: fromMs, detectedAtMs: fromMs, resolvedAtMs: fromMs + 10, affects: { tenants, sites, queues: [], components: [{ component: 'sql', share: 1 }] },
  });
  const spans = outageSpans([at(['ocm'], [], 100), at([], ['lille'], 200), at(['gone'], ['lille'], 300)], { tenants: ['ocm', 'sereno'], sites: ['douala', 'lille'], tenantOfQueue: () => null, tenantsAt: () => [] });
  const of = (tenant: string, site: string): number[] => spans.filter((span) => span.tenant === tenant && span.site === site).map(({ fromMs }) => fromMs);
  expect(of('', '')).toEqual([100, 200, 300]);
  expect(of('ocm', '')).toEqual([100, 200]);
  expect(of('sereno', '')).toEqual([200]);
  expect(of('gone', '')).toEqual([300]);
  expect(of('', 'douala')).toEqual([100]);
  expect(of('', 'lille')).toEqual([100, 200, 300]);
  expect(of('sereno', 'douala')).toEqual([]);
  expect(of('ocm', 'lille')).toEqual([100, 200]);
});

test('trouble is from its start to the last restoration, false ends included; who never stood still has no span', () => {
  const affects = { tenants: [], sites: [], queues: [], components: [{ component: 'sql', share: 0.3 }] };
  const none = { tenants: [], sites: [], tenantOfQueue: () => null, tenantsAt: () => [] };
  const one = (some: object) => outageSpans([anIncident({ number: 1, detectedAtMs: 1000, affects, ...some })], none);
  const span = { component: 'sql', tenant: '', site: '', sharePpm: 300_000 };
  expect(one({ startedAtMs: 400, resolvedAtMs: 9000, reopenings: [{ resolvedAtMs: 3000, reopenedAtMs: 5000, reason: 'again' }] })).toEqual([{ ...span, fromMs: 400, toMs: 9000 }]);
  expect(one({})).toEqual([{ ...span, fromMs: 1000, toMs: null }]);
  expect(one({ resolvedAtMs: 1000 })).toEqual([]);
});

test('what it affects changes: each component from when it was affected until it was no more; said when all is over, it was so all the time', () => {
  const none = { tenants: [], sites: [], tenantOfQueue: () => null, tenantsAt: () => [] };
  const of = (...components: [string, number][]) => ({ tenants: [], sites: [], queues: [], components: components.map(([component, share]) => ({ component, share })) });
  const spans = (resolvedAtMs: number | null, ...changes: [number, ReturnType<typeof of>][]) => outageSpans([anIncident({
    number: 1, detectedAtMs: 1000, startedAtMs: 400, resolvedAtMs, affected: [{ fromMs: 1000, affects: of(['sql', 1]) }, ...changes.map(([fromMs, affects]) => ({ fromMs, affects }))],
  })], none).map(({ component, fromMs, toMs, sharePpm }) => `${component} ${fromMs}-${toMs} ${sharePpm / 1e6}`);
  expect(spans(9000, [3000, of(['sql', 0.5], ['crm', 1])], [5000, of(['crm', 1])])).toEqual(['crm 3000-9000 1', 'sql 400-3000 1', 'sql 3000-5000 0.5']);
  expect(spans(null, [3000, of()])).toEqual(['sql 400-3000 1']);
  expect(spans(9000, [1000, of(['crm', 1])])).toEqual(['crm 400-9000 1']);
  expect(spans(9000, [3000, of()], [9000, of(['crm', 1])])).toEqual(['crm 400-9000 1']);
  // The same for others: one stretch.
  expect(spans(9000, [3000, of(['sql', 1])])).toEqual(['sql 400-9000 1']);
});
