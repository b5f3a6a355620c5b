import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { kpi } from '../kpi/kpi.ts';
import { agree } from '../kpi/test-support/agree.ts';
import { fillDimensions } from '../kpi/test-support/fill.ts';
import { intervalOf, localParts, midnight } from '../kpi/test-support/oracle-time.ts';
import { NO_DIMENSIONS } from '../kpi/test-support/raw-rows.ts';
import type { Incident } from '../operational/incidents/incident.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { FULL_SCOPE, INTERVALS } from '../warehouse.ts';
import type { Interval, KpiQuery, KpiRow, Warehouse } from '../warehouse.ts';
import type { Affects } from '../operational/incidents/events.ts';
import { anIncident } from './test-support/an-incident.ts';
import { toIncidentFacts } from './to-incident-facts.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 28);
const TENANTS = ['ocm', 'sereno'];
const SITES = ['douala', 'lille'];
const COMPONENTS = [{ component: 'crm', nameFr: 'CRM', nameEn: 'CRM', allowedPpm: 500 }, { component: 'sql', nameFr: 'SQL', nameEn: 'SQL', allowedPpm: 1000 }];
const MEASURES = ['availability', 'error-budget', 'burn-rate', 'outage-time'];
/** Paris loses an hour in the night to the 29th. */
const ZONES = ['Europe/Paris', 'Africa/Douala', 'Asia/Kathmandu', 'UTC'];

const affects = fc.record({ tenants: fc.subarray(TENANTS), sites: fc.subarray(SITES), components: fc.subarray(['crm', 'sql']), share: fc.constantFrom(0.1, 0.25, 1 / 2, 1) })
  .map(({ tenants, sites, components, share }): Affects => ({ tenants, sites, queues: [], components: components.map((component) => ({ component, share })) }));
const incident = fc.record({
  from: fc.nat(3 * 1440), lasts: fc.option(fc.nat(900)), begunBefore: fc.option(fc.nat(90)), first: affects,
  changes: fc.array(fc.record({ after: fc.nat(1000), affects }), { maxLength: 3 }).map((all) => all.toSorted((a, b) => a.after - b.after)),
});
const incidents = fc.array(incident, { minLength: 6, maxLength: 6 }).map((drawn) => drawn.map(({ from, lasts, begunBefore, first, changes }, index): Incident => anIncident({
  number: index, detectedAtMs: START + from * MINUTE, startedAtMs: begunBefore === null ? null : START + (from - begunBefore) * MINUTE, resolvedAtMs: lasts === null ? null : START + (from + lasts) * MINUTE,
  affects: changes.at(-1)?.affects ?? first,
  affected: [{ fromMs: START + from * MINUTE, affects: first }, ...changes.map((change) => ({ fromMs: START + (from + change.after) * MINUTE, affects: change.affects }))],
})));
type Asked = KpiQuery & { zone: string };

/** What an incident affects in a minute in which it lasts: what was said last, but what is said when it is over was so all the time. */
function affectsAt({ affected, affects: last, detectedAtMs, resolvedAtMs }: Incident, at: number): Affects {
  if (resolvedAtMs !== null && affected.some(({ fromMs }) => fromMs >= resolvedAtMs)) return last;
  return affected.findLast(({ fromMs }) => fromMs <= Math.max(at, detectedAtMs))?.affects ?? last;
}

/** Minute by minute, component by component. */
function oracle(all: Incident[], query: Asked, nowMs: number): { rows: KpiRow[]; totals: KpiRow } {
  interface Sums { outage: number; service: number; allowed: number; budget: number }
  const interval = query.by.find((key): key is Interval => (INTERVALS as readonly string[]).includes(key)) ?? null;
  const groups = new Map<string, Sums>();
  const every: Sums = { outage: 0, service: 0, allowed: 0, budget: 0 };
  const places = (key: 'tenant' | 'site', ids: string[]): string[] => query.where[key] ?? (query.by.includes(key) ? ids : ['']);
  const tenants = places('tenant', TENANTS);
  const sites = places('site', SITES);
  const quarter = 15 * MINUTE;
  const [from, to] = [query.from, query.to].map((text) => (text.length === 10 ? midnight(text, query.zone) : Date.parse(text)));
  for (let at = Math.floor((from ?? 0) / quarter) * quarter; at < Math.ceil((to ?? 0) / quarter) * quarter; at += MINUTE) {
    const local = localParts(at, query.zone);
    // Alone, an interval has a row whether anything is in it or not.
    if (interval && query.by.length === 1) {
      const empty = JSON.stringify([intervalOf(at, interval, query.zone)]);
      if (!groups.has(empty)) groups.set(empty, { outage: 0, service: 0, allowed: 0, budget: 0 });
    }
    for (const { component, allowedPpm } of COMPONENTS) for (const tenant of tenants) for (const site of sites) {
      const values: Record<string, string> = { component, tenant, site, hour: String(local.hour), weekday: String(local.weekday) };
      if (Object.entries(query.where).some(([key, ids]) => ids && !ids.includes(values[key] ?? ''))) continue;
      const concerned = all.filter(({ startedAtMs, detectedAtMs, resolvedAtMs }) => (startedAtMs ?? detectedAtMs) <= at && (resolvedAtMs === null || at < resolvedAtMs)).map((one) => affectsAt(one, at))
        .filter((now) => (tenant === '' || now.tenants.length === 0 || now.tenants.includes(tenant)) && (site === '' || now.sites.length === 0 || now.sites.includes(site)));
      const share = Math.max(0, ...concerned.flatMap((now) => now.components.filter((one) => one.component === component).map((one) => one.share)));
      const past = at < nowMs ? 60 : 0;
      const key = JSON.stringify(query.by.map((name) => (name === interval ? intervalOf(at, interval, query.zone) : values[name])));
      const group = groups.get(key) ?? { outage: 0, service: 0, allowed: 0, budget: 0 };
      groups.set(key, group);
      for (const sums of [group, every]) {
        sums.outage += share * past;
        sums.service += past;
        sums.allowed += (past * allowedPpm) / 1e6;
        sums.budget += (60 * allowedPpm) / 1e6;
      }
    }
  }
  const values = ({ outage, service, allowed, budget }: Sums): KpiRow => ({
    'availability': service === 0 ? null : 1 - outage / service, 'error-budget': budget === 0 ? null : 1 - outage / budget, 'burn-rate': allowed === 0 ? null : outage / allowed, 'outage-time': outage,
  });
  const rows = [...groups].map(([key, sums]): KpiRow => ({ ...Object.fromEntries((JSON.parse(key) as string[]).map((value, index) => [query.by[index], value])), ...values(sums) }));
  return { rows, totals: values(every) };
}

onEachEngine((tested) => {
  let engine: Engine;
  let part: Pick<Warehouse, 'syncIncidents'>;
  beforeAll(async () => {
    engine = await tested.open();
    part = engine.loads({ callerKeySecret: 'secret', planFor: () => { throw new Error('no mapping'); } });
    await fillDimensions(engine, { ...NO_DIMENSIONS, tenants: TENANTS.map((tenant, index) => ({ tenant, customerNumber: index, name: tenant, zone: 'UTC' })), sites: SITES.map((site) => ({ site, name: site, zone: 'UTC' })) });
  });
  afterAll(() => engine.close());

  test('is that of the oracle for any incidents, of whomever and whenever it is asked', async () => {
    const instant = fc.integer({ min: 0, max: 3 * 96 }).map((quarters) => START + quarters * 900_000);
    const question = fc.record({
      by: fc.tuple(fc.subarray(['component' as const, 'site' as const, 'hour' as const, 'weekday' as const], { maxLength: 2 }), fc.option(fc.constantFrom('15min' as const, '30min' as const, '60min' as const, 'day' as const, 'week' as const)))
        .map(([dimensions, interval]) => [...dimensions, ...(interval ? [interval] : [])]),
      where: fc.record({ tenant: fc.subarray(TENANTS, { minLength: 1 }), component: fc.constantFrom(['crm'], ['sql']), hour: fc.constantFrom(['2', '3'], ['23']) }, { requiredKeys: [] }).map((all) => Object.fromEntries(Object.entries(all).slice(0, 2))),
      bounds: fc.oneof(fc.constantFrom(['2026-03-28', '2026-03-31'], ['2026-03-29', '2026-03-30']), fc.tuple(instant, instant).filter(([a, b]) => a !== b).map((pair) => pair.toSorted((a, b) => a - b).map((ms) => new Date(ms).toISOString()))),
      zone: fc.constantFrom(...ZONES), nowMinute: fc.integer({ min: -60, max: 5 * 1440 }),
    });
    let version = 0;
    const asked = fc.tuple(incidents, question);
    await fc.assert(fc.asyncProperty(asked, async ([drawn, { by, where, bounds, zone, nowMinute }]) => {
      version += 1;
      const all = drawn.map((one) => anIncident({ ...one, version, timeline: [] }));
      await part.syncIncidents(toIncidentFacts(all, { tenants: TENANTS, sites: SITES, tenantOfQueue: () => null, tenantsAt: () => [], components: COMPONENTS, breachedAtMs: () => null, rexDueAtMs: () => null }));
      const query: Asked = { measures: MEASURES, by, from: bounds[0] ?? '', to: bounds[1] ?? '', zone, where, totals: !by.includes('site') };
      const nowMs = START + nowMinute * MINUTE;
      agree(await kpi(engine, query, FULL_SCOPE, { nowMs }), oracle(all, query, nowMs), by);
    }), { numRuns: tested.name === 'duckdb' ? 25 : 8, seed: 5 });
    expect(version).toBeGreaterThanOrEqual(8);
  }, 60_000);
});
