import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { kpi } from '../kpi/kpi.ts';
import { fillDimensions } from '../kpi/test-support/fill.ts';
import { NO_DIMENSIONS } from '../kpi/test-support/raw-rows.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import type { Incident } from '../operational/incidents/incident.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import type { KpiAnswer, KpiQuery, Scope, Warehouse } from '../warehouse.ts';
import { changesOf } from './incident-tables.ts';
import { OutageBook } from './outage-book.ts';
import { toChangedFacts, toIncidentFacts, type FactsContext } from './to-incident-facts.ts';
import { troublesOf } from './troubles.ts';
import { anEvent, anIncident } from './test-support/an-incident.ts';

const at = (text: string): number => Date.parse(`2026-10-${text}Z`);
const NOW = at('25T12:00:00');
const TENANTS = ['ocm', 'sereno'];
const SITES = ['douala', 'lille'];
const COMPONENTS = [{ component: 'sql', nameFr: 'Base SQL', nameEn: 'SQL database', allowedPpm: 1000 }, { component: 'crm', nameFr: 'CRM', nameEn: 'CRM', allowedPpm: 10_000 }];
const only = (tenants: string[], sites: string[], components: Incident['affects']['components'] = []): Incident['affects'] => ({ tenants, sites, queues: [], components });

/** The clock went back in Paris in the night to the 25th. */
const INCIDENTS: Incident[] = [
  // 10 min to see, 5 to take, 50 to restore, of which 20 were taken for the end; too late by its target.
  anIncident({ number: 1, type: 'power', severity: 1, startedAtMs: at('24T09:50:00'), detectedAtMs: at('24T10:00:00'), acknowledgedAtMs: at('24T10:05:00'), resolvedAtMs: at('24T10:50:00'), closedAtMs: at('24T11:00:00'),
    breachNotedAtMs: at('24T10:05:00'), reopenings: [{ resolvedAtMs: at('24T10:10:00'), reopenedAtMs: at('24T10:30:00'), reason: 'again' }], affects: only([], ['douala'], [{ component: 'sql', share: 1 }]) }),
  // Half of it, over the end of the first; restored in time.
  anIncident({ number: 2, severity: 3, detectedAtMs: at('24T10:30:00'), acknowledgedAtMs: at('24T10:31:00'), resolvedAtMs: at('24T11:30:00'), closedAtMs: at('24T12:00:00'), affects: only(['ocm'], [], [{ component: 'sql', share: 0.5 }]) }),
  // Open since midnight in Paris, with a cell and actions.
  anIncident({ number: 3, severity: 1, startedAtMs: at('24T21:30:00'), detectedAtMs: at('24T22:00:00'), affects: only(['ocm', 'sereno'], [], [{ component: 'crm', share: 0.25 }]),
    crisis: { openedAtMs: at('24T23:00:00'), endedAtMs: null, members: [], remindedHours: [], reports: [{ id: 'b', hour: 2, atMs: at('25T01:10:00'), by: 'Awa', text: '' }, { id: 'a', hour: 1, atMs: at('25T00:10:00'), by: 'Awa', text: '' }] },
    actions: [
      { id: 'late', list: 'plan', text: 'x', owner: 'Awa', dueAtMs: at('25T08:00:00'), doneAtMs: null, doneBy: null, addedAtMs: at('25T00:00:00') },
      { id: 'done', list: 'plan', text: 'x', owner: 'Awa', dueAtMs: at('25T08:00:00'), doneAtMs: at('25T11:00:00'), doneBy: null, addedAtMs: at('25T00:00:00') },
      { id: 'later', list: 'rex', text: 'x', owner: 'Awa', dueAtMs: at('25T18:00:00'), doneAtMs: null, doneBy: null, addedAtMs: at('25T00:00:00') }] }),
  // Two REX: one in time, one that is late and not there.
  anIncident({ number: 4, severity: 2, affects: { ...only([], []), queues: ['101'] }, detectedAtMs: at('20T10:00:00'), resolvedAtMs: at('20T10:10:00'), closedAtMs: at('20T11:00:00'), timeline: [anEvent(4, 0, at('22T10:00:00'), { kind: 'rex-written', basedOn: null, impact: '', causes: '', wentWell: '', wentBadly: '' })] }),
  anIncident({ number: 5, severity: 2, detectedAtMs: at('21T10:00:00'), resolvedAtMs: at('21T10:20:00'), closedAtMs: at('21T11:00:00') }),
];
const REX_DUE = new Map([[4, at('23T10:00:00')], [5, at('24T10:00:00')]]);
const CONTEXT: FactsContext = { tenants: TENANTS, sites: SITES, tenantOfQueue: (queue) => (queue === '201' ? 'sereno' : 'ocm'), tenantsAt: () => [], components: COMPONENTS, breachedAtMs: (one) => one.breachNotedAtMs, rexDueAtMs: ({ number }) => REX_DUE.get(number) ?? null };
const factsOf = (incidents: Incident[]) => toIncidentFacts(incidents, CONTEXT);

onEachEngine((tested) => {
  let engine: Engine;
  let part: Pick<Warehouse, 'syncIncidents'>;
  const ask = (query: Partial<KpiQuery> & { measures: string[] }, scope: Scope = FULL_SCOPE, nowMs = NOW): Promise<KpiAnswer> =>
    kpi(engine, { by: [], from: '2026-10-20', to: '2026-10-26', zone: 'Europe/Paris', where: {}, totals: true, ...query }, scope, { nowMs });
  beforeAll(async () => {
    engine = await tested.open();
    part = engine.loads({ callerKeySecret: 'secret', planFor: () => { throw new Error('no mapping'); } });
    await fillDimensions(engine, { ...NO_DIMENSIONS, tenants: TENANTS.map((tenant, index) => ({ tenant, customerNumber: index, name: tenant, zone: 'UTC' })), sites: SITES.map((site) => ({ site, name: site, zone: 'UTC' })) });
    await part.syncIncidents(factsOf(INCIDENTS));
  });
  afterAll(() => engine.close());

  test('times are sums over sums of those of whom they are known', async () => {
    const { rows } = await ask({ measures: ['incidents', 'open-incidents', 'mttd', 'mtta', 'mttr', 'incidents-within-target', 'breaches', 'first-report-time', 'rex-on-time', 'actions-overdue'] });
    expect(rows).toEqual([{
      'incidents': 5, 'open-incidents': 1, 'mttd': (10 + 30) * 30, 'mtta': (5 + 1) * 30, 'mttr': (50 + 60 + 10 + 20) * 15, 'incidents-within-target': 3 / 4, 'breaches': 1,
      'first-report-time': 70 * 60, 'rex-on-time': 1 / 2, 'actions-overdue': 1,
    }]);
    expect((await ask({ measures: ['actions-overdue', 'rex-on-time'] }, FULL_SCOPE, at('22T12:00:00'))).rows).toEqual([{ 'actions-overdue': 0, 'rex-on-time': 1 }]);
  });

  test('by type, severity and local day, with gaps where nothing is known', async () => {
    expect((await ask({ measures: ['incidents', 'mttr'], by: ['incident-type', 'severity'] })).rows).toEqual([
      { 'incident-type': 'power', 'severity': '1', 'incidents': 1, 'mttr': 3000 }, { 'incident-type': 'service-stopped', 'severity': '1', 'incidents': 1, 'mttr': null },
      { 'incident-type': 'service-stopped', 'severity': '2', 'incidents': 2, 'mttr': 900 }, { 'incident-type': 'service-stopped', 'severity': '3', 'incidents': 1, 'mttr': 3600 }]);
    expect((await ask({ measures: ['incidents', 'mtta'], by: ['day'], from: '2026-10-23' })).rows).toEqual([
      { day: '2026-10-23', incidents: 0, mtta: null }, { day: '2026-10-24', incidents: 2, mtta: 180 }, { day: '2026-10-25', incidents: 1, mtta: null }]);
    expect((await ask({ measures: ['incidents'], by: ['hour'], where: { severity: ['1'] } })).rows).toEqual([{ hour: '0', incidents: 1 }, { hour: '12', incidents: 1 }]);
  });

  test('an incident counts for each of those it concerns and once in the total; a scope shows its own', async () => {
    const byTenant = await ask({ measures: ['incidents', 'actions-overdue'], by: ['tenant'] });
    expect(byTenant.rows).toEqual([{ 'tenant': 'ocm', 'incidents': 5, 'actions-overdue': 1 }, { 'tenant': 'sereno', 'incidents': 3, 'actions-overdue': 1 }]);
    expect(byTenant.totals).toEqual({ 'incidents': 5, 'actions-overdue': 1 });
    expect((await ask({ measures: ['incidents'], by: ['site', 'tenant'], where: { 'incident-type': ['power'] } })).rows).toEqual([{ site: 'douala', tenant: 'ocm', incidents: 1 }, { site: 'douala', tenant: 'sereno', incidents: 1 }]);
    const seen = async (scope: Partial<Scope>, where: KpiQuery['where'] = {}): Promise<unknown> => (await ask({ measures: ['incidents'], where }, { ...FULL_SCOPE, ...scope })).rows[0]?.['incidents'];
    expect(await seen({ tenants: ['sereno'] })).toBe(3);
    expect(await seen({ tenants: ['sereno', 'ocm'] })).toBe(5);
    expect(await seen({ tenants: ['sereno'], sites: ['lille'] })).toBe(2);
    expect(await seen({ tenants: ['sereno'] }, { tenant: ['ocm'] })).toBe(0);
    expect(await seen({ tenants: [] })).toBe(0);
    // The fourth concerns a queue of ocm and with it ocm alone.
    expect(await seen({ queues: ['101'], teams: ['blue'] })).toBe(5);
    expect(await seen({ queues: ['102'] })).toBe(4);
  });

  describe('availability', () => {
    test('weighs partial outages, counts those at once by the largest, and what is not over up to now', async () => {
      // Paris: the 25th has 25 hours, of which 14 are over.
      const { rows } = await ask({ measures: ['availability', 'outage-time', 'error-budget', 'burn-rate'], by: ['component', 'day'], from: '2026-10-24' });
      const sql = 60 * 60 + 0.5 * 40 * 60;
      const crm = [0.25 * 30 * 60, 0.25 * 14 * 3600];
      const close = (value: number): unknown => expect.closeTo(value, 9);
      expect(rows).toEqual([
        { 'component': 'crm', 'day': '2026-10-24', 'availability': close(1 - (crm[0] ?? 0) / 86_400), 'outage-time': crm[0], 'error-budget': close(1 - (crm[0] ?? 0) / 864), 'burn-rate': close((crm[0] ?? 0) / 864) },
        { 'component': 'crm', 'day': '2026-10-25', 'availability': 0.75, 'outage-time': crm[1], 'error-budget': close(1 - (crm[1] ?? 0) / 900), 'burn-rate': close(25) },
        { 'component': 'sql', 'day': '2026-10-24', 'availability': close(1 - sql / 86_400), 'outage-time': sql, 'error-budget': close(1 - sql / 86.4), 'burn-rate': close(sql / 86.4) },
        { 'component': 'sql', 'day': '2026-10-25', 'availability': 1, 'outage-time': 0, 'error-budget': 1, 'burn-rate': 0 }]);
      expect((await ask({ measures: ['availability'], by: ['component'], from: '2026-10-20', to: '2026-10-21' })).rows).toEqual([{ component: 'crm', availability: 1 }, { component: 'sql', availability: 1 }]);
      expect((await ask({ measures: ['availability', 'outage-time', 'burn-rate', 'error-budget'], from: '2026-10-27', to: '2026-10-28' })).rows).toEqual([{ 'availability': null, 'outage-time': 0, 'burn-rate': null, 'error-budget': 1 }]);
      expect((await ask({ measures: ['outage-time'], by: ['15min'], from: '2026-10-24T10:20:00Z', to: '2026-10-24T10:58:00Z', where: { component: ['sql'] }, zone: 'UTC' })).rows.map((row) => row['outage-time'])).toEqual([900, 900, 5 * 60 + 10 * 30]);
    });

    test('is of those who are asked: of a tenant or a site, and in a total of everybody', async () => {
      const asked = { measures: ['outage-time'], where: { component: ['sql'] }, to: '2026-10-25' };
      const outage = async (query: Partial<KpiQuery>, scope: Partial<Scope> = {}): Promise<unknown> => (await ask({ ...asked, ...query, where: { ...asked.where, ...query.where } }, { ...FULL_SCOPE, ...scope })).rows[0]?.['outage-time'];
      expect(await outage({})).toBe(60 * 60 + 40 * 30);
      expect(await outage({ where: { tenant: ['sereno'] } })).toBe(60 * 60);
      expect(await outage({}, { sites: ['lille'] })).toBe(60 * 30);
      expect(await outage({}, { sites: ['lille'], tenants: ['sereno'] })).toBe(0);
      const { rows, totals } = await ask({ ...asked, by: ['tenant'] });
      expect([rows, totals]).toEqual([[{ 'tenant': 'ocm', 'outage-time': 4800 }, { 'tenant': 'sereno', 'outage-time': 3600 }], { 'outage-time': 4800 }]);
    });
  });

  test('what has no such dimension says so', async () => {
    await expect(ask({ measures: ['incidents'], by: ['component'] })).rejects.toThrow('the measure incidents has no dimension component; allowed: tenant, site, incident-type, severity, hour, weekday');
    await expect(ask({ measures: ['availability'], by: ['severity'] })).rejects.toThrow('has no dimension severity');
    await expect(ask({ measures: ['offered'], where: { 'incident-type': ['power'] } })).rejects.toThrow('has no dimension incident-type');
    await expect(ask({ measures: ['availability'], by: ['5min'] })).rejects.toThrow('by quarter-hours');
    expect((await ask({ measures: ['incidents', 'offered'], by: ['tenant'] })).rows).toEqual([{ tenant: 'ocm', incidents: 5, offered: 0 }, { tenant: 'sereno', incidents: 3, offered: 0 }]);
  });

  test('a longer log changes the figures, the same changes nothing, a shorter one neither', async () => {
    const [first, ...others] = INCIDENTS;
    if (!first) throw new Error('no incident');
    const corrected = anIncident({ ...first, version: 9, acknowledgedAtMs: at('24T10:01:00'), resolvedAtMs: at('24T10:20:00'), breachNotedAtMs: null });
    const figures = async (): Promise<unknown> => (await ask({ measures: ['mtta', 'mttr', 'breaches', 'outage-time'], where: {}, to: '2026-10-25' })).rows;
    const before = await figures();
    await part.syncIncidents(factsOf(INCIDENTS));
    expect(await figures()).toEqual(before);
    await part.syncIncidents(factsOf([corrected, ...others]));
    const after = await figures();
    expect(after).toEqual([{ 'mtta': 60, 'mttr': (20 + 60 + 10 + 20) * 15, 'breaches': 0, 'outage-time': 30 * 60 + 60 * 30 + 0.25 * 30 * 60 }].map((row) => expect.objectContaining(row)));
    await part.syncIncidents(factsOf(INCIDENTS));
    expect(await figures()).toEqual(after);
    expect(await engine.query({ sql: 'SELECT count(*) AS n, max(version) AS newest FROM store.incidents' })).toEqual([{ n: 5, newest: 9 }]);
  });

  test('what has changed is told without the others, and the tables say what all of them would', async () => {
    let all = INCIDENTS.map((one) => anIncident({ ...one, version: 20 }));
    await part.syncIncidents(factsOf(all));
    const book = new OutageBook();
    for (const one of all) book.put(one.number, troublesOf(one, CONTEXT));
    const tell = async (...changed: Incident[]): Promise<void> => {
      all = [...all.filter(({ number }) => !changed.some((one) => one.number === number)), ...changed];
      const windows = changed.flatMap((one) => book.put(one.number, troublesOf(one, CONTEXT)));
      expect(await part.syncIncidents(toChangedFacts(changed, CONTEXT, book, windows))).toBe(true);
      expect(await changesOf(engine, factsOf(all))).toEqual([]);
    };
    const [, second, third] = all;
    if (!second || !third) throw new Error('no incidents');
    // Longer than it was, over the first one; and one more, which touches nothing.
    await tell(anIncident({ ...second, version: 21, resolvedAtMs: at('24T11:45:00') }), anIncident({ number: 6, detectedAtMs: at('23T10:00:00'), resolvedAtMs: at('23T10:30:00'), affects: only([], [], [{ component: 'sql', share: 1 }]) }));
    // What had no end gets one, and its action is done.
    await tell(anIncident({ ...third, version: 21, resolvedAtMs: at('25T11:00:00'), actions: third.actions.map((action) => ({ ...action, doneAtMs: at('25T10:30:00') })) }));
    // Nothing stood still after all, by one after the other, until nothing is left.
    for (const one of all) await tell(anIncident({ ...one, version: 22, affected: [] }));
    expect(await engine.query({ sql: 'SELECT count(*) AS n FROM store.component_outages' })).toEqual([{ n: 0 }]);
    // Who knows less than is known changes nothing.
    expect(await part.syncIncidents(toChangedFacts([second], CONTEXT, book, [{ component: 'sql', fromMs: 0, toMs: null }]))).toBe(false);
  });
});
