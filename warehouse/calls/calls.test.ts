import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { DIAL_RESULTS, FULL_SCOPE, WarehouseError, type CallsQuery, type DialResult, type Dimensions, type Scope, type Warehouse } from '../warehouse.ts';
import { createViews } from '../kpi/create-views.ts';
import { kpi } from '../kpi/kpi.ts';
import { fill, fillDimensions } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { openCallsPart } from './calls-part.ts';

const DAY = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const dimensions: Dimensions = {
  version: 1,
  tenants: [{ tenant: 'ocm', customerNumber: 1, name: 'OCM', zone: 'Africa/Douala' }, { tenant: 'sereno', customerNumber: 2, name: 'Sereno', zone: 'Europe/Paris' }],
  sites: [{ site: 'douala', name: 'Douala', zone: 'Africa/Douala' }, { site: 'lille', name: 'Lille', zone: 'Europe/Paris' }],
  // Agent number 7 was given to another person at noon.
  agents: [
    { tenant: 'ocm', agent: '7', name: 'Aline', site: 'douala', validFrom: null, validTo: '2026-01-05T12:00:00Z' },
    { tenant: 'ocm', agent: '7', name: 'Bruno', site: 'douala', validFrom: '2026-01-05T12:00:00Z', validTo: null },
    { tenant: 'sereno', agent: '7', name: 'Chloé', site: 'lille', validFrom: null, validTo: null },
  ],
  queues: [{ tenant: 'ocm', queue: '101', name: 'Mobile', medium: 'voice', targetSeconds: 20, shortAbandonSeconds: 5, validFrom: null, validTo: null }],
  campaigns: [{ tenant: 'ocm', campaign: '8900', name: 'Service clients', site: 'douala', direction: 'inbound', validFrom: null, validTo: null }],
  teams: [{ team: 'a', name: 'A', site: 'douala', tenant: 'ocm' }, { team: 'b', name: 'B', site: 'douala', tenant: 'ocm' }],
  teamMembers: [
    { team: 'a', tenant: 'ocm', agent: '7', validFrom: null, validTo: '2026-01-05T12:00:00Z' },
    { team: 'b', tenant: 'ocm', agent: '7', validFrom: '2026-01-05T12:00:00Z', validTo: null },
  ],
  statuses: [{ tenant: 'ocm', group: 1, num: 12, detail: 0, labelFr: 'Réclamation', labelEn: 'Complaint', outcome: 'argued' }],
  pauseReasons: [],
};
const query: CallsQuery = { from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {}, order: 'newest', first: 100 };
const HOSTILE = ['\'', '"', '\\', '; DROP TABLE store.calls; --', '%', '_', '$p0', '/*{conditions}*/', '\0', '\u2028', '😀', '__proto__', 'x'.repeat(10_000), ''].map((text) => ({ name: text.slice(0, 20), text }));
type Cells = Record<string, string | number | boolean | Date | null>;

onEachEngine((tested) => {
  let engine: Engine;
  let part: Pick<Warehouse, 'calls' | 'call' | 'callDetails' | 'agentTimeline' | 'dials' | 'freshness'>;

  async function insert(table: string, cells: Cells): Promise<void> {
    const names = Object.keys(cells);
    await engine.execute({ sql: `INSERT INTO store.${table} (${names.join(', ')}) VALUES (${names.map((name) => `$${name}`).join(', ')})`, parameters: cells });
  }
  function call(id: string, atMs: number, cells: Cells = {}): Promise<void> {
    return insert('calls', {
      tenant: 'ocm', call_id: id, started_at: new Date(atMs), direction: 'inbound', medium: 'voice', site: 'douala', campaign: '8900', row_state: 2, queued: true, answered: true,
      first_queue: '101', last_queue: '101', first_agent: '7', last_agent: '7', wait_s: 10, talk_s: 60, target_s: 20, caller: '+237600000001', ...cells,
    });
  }

  beforeAll(async () => {
    engine = await tested.open();
    await fillDimensions(engine, dimensions);
    part = openCallsPart({ engine });
    await call('morning', DAY + 8 * HOUR, { status_group: 1, status_num: 12, extra: '{"HoldDuration":"4","__proto__":"x"}', cti_id: 5, comments: 'rappeler' });
    await call('noon', DAY + 12 * HOUR, { wait_s: 25, talk_s: 30 });
    await call('abandoned', DAY + 9 * HOUR, { answered: false, abandoned: true, first_agent: '', last_agent: '', wait_s: 40, talk_s: 0, caller: '+237699' });
    await call('overflowed', DAY + 10 * HOUR, { overflowed: true, first_queue: '102', last_queue: '103', wait_s: 90, talk_s: 5 });
    await call('ivr', DAY + 11 * HOUR, { queued: false, answered: false, first_queue: '', last_queue: '', first_agent: '', last_agent: '', wait_s: 0, talk_s: 0 });
    await call('closed', DAY + 13 * HOUR, { queued: false, answered: false, closed: true, first_queue: '' });
    await call('live', DAY + 14 * HOUR, { row_state: 1, answered: false, abandoned: null, wait_s: -3, talk_s: 0, last_agent: '', first_agent: '' });
    await call('out', DAY + 15 * HOUR, { direction: 'outbound', queued: false, first_queue: '', last_queue: '' });
    await call('paris', DAY + 9 * HOUR, { tenant: 'sereno', site: 'lille', first_queue: '201', campaign: '3200' });
    await call('yesterday', DAY - 2 * HOUR);
    for (const [leg, cells] of [[1, { queue: '102', agent: '', outcome: 'overflowed' }], [2, { queue: '104', agent: '9', outcome: 'rerouted' }], [3, { queue: '103', agent: '7', outcome: 'answered', answered_at: new Date(DAY + 10 * HOUR + 90_000) }]] as const)
      await insert('legs', { tenant: 'ocm', call_id: 'overflowed', leg, visit: leg, entered_at: new Date(DAY + 10 * HOUR + leg * 1000), started_at: new Date(DAY + 10 * HOUR + leg * 1000), ...cells });
    const states: [string, number, number, Cells?][] = [
      ['logged_out', 7 * HOUR, 0], ['ready', 7 * HOUR, HOUR], ['talk', 8 * HOUR, 60_500, { call_id: 'morning', queue: '101' }], ['pause', 8 * HOUR + 60_500, 600_000, { reason: 'dejeuner' }], ['logged_out', 9 * HOUR, 0],
      ['ready', 23 * HOUR, 2 * HOUR],
    ];
    for (const [state, at, duration, cells] of states) await insert('agent_states', { tenant: 'ocm', agent: '7', site: 'douala', state, started_at: new Date(DAY + at), duration_ms: duration, session_id: 's1', ...cells });
    await insert('agent_states', { tenant: 'sereno', agent: '7', site: 'lille', state: 'ready', started_at: new Date(DAY + 8 * HOUR), duration_ms: HOUR });
  });
  afterAll(() => engine.close());

  async function ids(changes: Partial<CallsQuery> = {}, scope: Scope = FULL_SCOPE): Promise<string[]> {
    return (await part.calls({ ...query, ...changes }, scope)).calls.map(({ callId }) => callId);
  }

  test('lists the calls of a range, in each order, with what a line shows', async () => {
    expect(await ids()).toEqual(['out', 'live', 'closed', 'noon', 'ivr', 'overflowed', 'paris', 'abandoned', 'morning']);
    expect(await ids({ order: 'oldest', first: 2 })).toEqual(['morning', 'abandoned']);
    expect(await ids({ order: 'longest-wait', first: 3 })).toEqual(['overflowed', 'abandoned', 'noon']);
    expect(await ids({ order: 'longest-talk', first: 2, where: { tenant: ['ocm'] } })).toEqual(['out', 'closed']);
    // A local day of Douala, an hour ahead of UTC, begins at 23:00.
    expect(await ids({ zone: 'Africa/Douala', where: { callId: 'yesterday' } })).toEqual([]);
    expect(await ids({ from: '2026-01-04T22:00:00Z', where: { callId: 'yesterday' } })).toEqual(['yesterday']);
    const { calls: [first] } = await part.calls({ ...query, where: { callId: 'morning' } }, FULL_SCOPE);
    expect(first).toEqual({
      tenant: 'ocm', callId: 'morning', startedAt: '2026-01-05T08:00:00.000Z', direction: 'inbound', medium: 'voice', site: 'douala', siteZone: 'Africa/Douala',
      campaign: '8900', campaignName: 'Service clients', queue: '101', queueName: 'Mobile', agent: '7', agentName: 'Aline', caller: '+237600000001', dialed: '', result: null, messagePlayed: false, fate: 'answered',
      waitSeconds: 10, talkSeconds: 60, wrapupSeconds: 0, durationSeconds: 0, inTarget: true, targetSeconds: 20, transferred: false,
      statusGroup: 1, statusNum: 12, statusDetail: null, statusFr: 'Réclamation', statusEn: 'Complaint',
    });
  });

  test('a name is the one of the call\'s time, and an unknown id is its own name', async () => {
    const { calls } = await part.calls(query, FULL_SCOPE);
    const names = Object.fromEntries(calls.map((one) => [one.callId, [one.agentName, one.queueName, one.campaignName]]));
    expect(names).toMatchObject({ morning: ['Aline', 'Mobile', 'Service clients'], noon: ['Bruno', 'Mobile', 'Service clients'], paris: ['Chloé', '201', '3200'], overflowed: ['Aline', '102', 'Service clients'] });
  });

  test('each call has one fate', async () => {
    const { calls } = await part.calls(query, FULL_SCOPE);
    expect(Object.fromEntries(calls.map(({ callId, fate, inTarget }) => [callId, [fate, inTarget]]))).toEqual({
      morning: ['answered', true], noon: ['answered', false], abandoned: ['abandoned', null], overflowed: ['answered', false], ivr: ['ivr-only', null],
      closed: ['closed', null], live: ['in-progress', null], out: ['answered', null], paris: ['answered', true],
    });
  });

  test('an outbound call has a number, a result and a fate of its own, and its evidence', async () => {
    const at = DAY + 50 * HOUR;
    const dial = (id: string, seconds: number, cells: Cells): Promise<void> => call(id, at + seconds * 1000, { direction: 'outbound', answered: false, queued: false, first_queue: '', last_queue: '', first_agent: '', last_agent: '', talk_s: 0, wait_s: 0, caller: '+33180000000', dialed: '+33612345678', campaign: '9000', ...cells });
    await dial('rings', 1, { row_state: 1 });
    await dial('nuisance', 2, { abandoned: true, queued: true, first_queue: '201', wait_s: 2, status_group: 0, status_num: 89, end_reason: 9 });
    await dial('left', 3, { abandoned: true, queued: true, first_queue: '201', wait_s: 1, status_group: 0, status_num: 89, end_reason: 1 });
    await dial('passed', 4, { answered: true, queued: true, first_queue: '201', first_agent: '7', last_agent: '7', talk_s: 90, dialed: '+33699' });
    await dial('machine', 5, { status_group: 0, status_num: 93, end_reason: 10 });
    await dial('given-up', 6, { status_group: 0, status_num: 92, end_reason: 11 });
    await dial('died', 7, { end_reason: 8 });
    const range = { ...query, from: new Date(at).toISOString(), to: new Date(at + HOUR).toISOString() };
    const { calls } = await part.calls({ ...range, order: 'oldest' }, FULL_SCOPE);
    expect(calls.map(({ callId, result, fate, messagePlayed, inTarget }) => [callId, result, fate, messagePlayed, inTarget])).toEqual([
      ['rings', 'in-progress', 'in-progress', false, null], ['nuisance', 'nuisance', 'abandoned', true, null], ['left', 'nuisance', 'abandoned', false, null], ['passed', 'passed', 'answered', false, null],
      ['machine', 'machine', 'not-reached', false, null], ['given-up', 'cancelled', 'not-reached', false, null], ['died', 'interrupted', 'interrupted', false, null]]);
    // Whom one looks for is who was called, not who has called: that is the campaign.
    expect((await part.calls({ ...range, where: { caller: '33699' } }, FULL_SCOPE)).calls.map(({ callId, dialed }) => [callId, dialed])).toEqual([['passed', '+33699']]);
    expect((await part.calls({ ...range, where: { caller: '331' } }, FULL_SCOPE)).calls).toEqual([]);
    expect((await part.call({ tenant: 'ocm', callId: 'nuisance' }, FULL_SCOPE))).toMatchObject({ dialed: '+33612345678', result: 'nuisance', messagePlayed: true, waitSeconds: 2 });
  });

  test('what became of the calls that a source has dialed', async () => {
    const at = DAY + 60 * HOUR;
    const dial = (id: string, seconds: number, cells: Cells): Promise<void> => call(id, at + seconds * 1000, { source: 'core', direction: 'outbound', first_agent: '', last_agent: '', contact_index: seconds, dialed: '+33612345678', campaign: '9000', duration_s: 30, ...cells });
    await dial('d-busy', 1, { status_group: 0, status_num: 90 });
    await dial('d-talks', 2, { row_state: 1, first_agent: '7', last_agent: '7', duration_s: 0 });
    await dial('d-sold', 3, { first_agent: '7', last_agent: '8', status_group: 1, status_num: 12, status_detail: 3, wrapup_s: 10 });
    // Who listened has heard a machine: the call was passed to an agent nevertheless.
    await dial('d-heard', 4, { first_agent: '7', last_agent: '7', status_group: 0, status_num: 93 });
    await dial('d-rings', 5, { row_state: 1, contact_index: 0 });
    await dial('d-elsewhere', 6, { source: 'hermes' });
    await call('d-inbound', at + 7000, { source: 'core' });
    await dial('d-later', 8, {});
    const common = { tenant: 'ocm', campaign: '9000', number: '+33612345678', agent: '', status: null };
    expect(await part.dials({ source: 'core', fromMs: at, toMs: at + 8000 })).toEqual([
      { ...common, callId: 'd-busy', contact: 1, startedMs: at + 1000, endedMs: at + 31_000, result: 'busy', status: { group: 0, num: 90, detail: 0 } },
      { ...common, callId: 'd-talks', contact: 2, startedMs: at + 2000, endedMs: at + 2000, result: 'passed', agent: '7' },
      { ...common, callId: 'd-sold', contact: 3, startedMs: at + 3000, endedMs: at + 23_000, result: 'passed', agent: '8', status: { group: 1, num: 12, detail: 3 } },
      { ...common, callId: 'd-heard', contact: 4, startedMs: at + 4000, endedMs: at + 34_000, result: 'passed', agent: '7', status: { group: 0, num: 93, detail: 0 } },
      { ...common, callId: 'd-rings', contact: 0, startedMs: at + 5000, endedMs: at + 35_000, result: 'in-progress' },
    ]);
  });

  test('a list by result holds the calls that the measures count', async () => {
    const history = oddHistory(5, 400);
    await fill(tested, engine, { calls: history.calls }, 1);
    await createViews(engine);
    const range = { ...query, from: '2026-03-27', to: '2026-03-31' };
    const measures = { 'passed': 'passed', 'nuisance-calls': 'nuisance', 'machines': 'machine', 'dial-busy': 'busy', 'dial-invalid': 'invalid', 'dial-no-answer': 'no-answer' } as const;
    const { totals } = await kpi(engine, { measures: [...Object.keys(measures), 'dial-attempts'], by: [], from: range.from, to: range.to, zone: 'UTC', where: {}, totals: true }, FULL_SCOPE);
    const count = async (where: CallsQuery['where']): Promise<number> => (await part.calls({ ...range, where, first: 1 }, FULL_SCOPE)).totalCount;
    for (const [measure, result] of Object.entries(measures)) expect([measure, await count({ result: [result] })]).toEqual([measure, totals?.[measure]]);
    expect(await count({ result: [...DIAL_RESULTS] })).toBe(totals?.['dial-attempts']);
    expect(await count({ direction: ['outbound'] })).toBe(totals?.['dial-attempts']);
    const listed = (await part.calls({ ...range, where: { result: [...DIAL_RESULTS] }, first: 500 }, FULL_SCOPE)).calls.map(({ callId, result }) => [callId, result]);
    const seen = await engine.query<{ call_id: string; result: string }>({ sql: "SELECT call_id, result FROM facts.dials WHERE arrived_at >= TIMESTAMP '2026-03-27 00:00:00'" });
    expect(new Map(seen.map(({ call_id: id, result }) => [id, result]))).toEqual(new Map(listed as [string, string][]));
    expect(new Set(seen.map(({ result }) => result))).toEqual(new Set(DIAL_RESULTS));
    await expect(part.calls({ ...range, where: { result: ["'; --" as never] } }, FULL_SCOPE)).rejects.toMatchObject({ code: 'invalid-query' });
  });

  test.each<[CallsQuery['where'], string[]]>([
    [{ result: ['passed'] }, ['out']],
    [{ tenant: ['sereno'] }, ['paris']], [{ site: ['lille', 'nowhere'] }, ['paris']], [{ campaign: ['3200'] }, ['paris']],
    [{ queue: ['104'] }, ['overflowed']], [{ queue: ['103', '201'] }, ['overflowed', 'paris']], [{ agent: ['9'] }, ['overflowed']],
    [{ team: ['b'] }, ['out', 'closed', 'noon']], [{ direction: ['outbound'] }, ['out']], [{ fate: ['abandoned', 'ivr-only'] }, ['ivr', 'abandoned']],
    [{ caller: '23769' }, ['abandoned']], [{ caller: '+237 69-9' }, ['abandoned']], [{ minWaitSeconds: 25, maxWaitSeconds: 40 }, ['noon', 'abandoned']],
    [{ tenant: [], fate: [] }, ['out', 'live', 'closed', 'noon', 'ivr', 'overflowed', 'paris', 'abandoned', 'morning']],
  ])('filters by %o', async (where, expected) => {
    const page = await part.calls({ ...query, where }, FULL_SCOPE);
    expect(page.calls.map(({ callId }) => callId)).toEqual(expected);
    expect(page.totalCount).toBe(expected.length);
  });

  test('a viewer sees his scope and nothing else, whatever is asked', async () => {
    const none: Scope = { tenants: [], sites: 'all', queues: 'all', teams: 'all' };
    expect(await ids({}, none)).toEqual([]);
    expect(await part.freshness(none)).toMatchObject({ calls: 0, historyFrom: null });
    expect(await part.agentTimeline({ from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {} }, none)).toEqual([]);
    expect(await ids({ where: { tenant: ['ocm'] } }, { ...FULL_SCOPE, tenants: ['sereno'] })).toEqual([]);
    expect(await ids({}, { ...FULL_SCOPE, sites: ['lille'] })).toEqual(['paris']);
    expect(await ids({ where: { queue: ['104'] } }, { ...FULL_SCOPE, queues: ['101'] })).toEqual([]);
    expect(await ids({}, { ...FULL_SCOPE, teams: ['a'] })).toEqual(['overflowed', 'morning']);
    for (const scope of [none, { ...FULL_SCOPE, sites: ['lille'] }, { ...FULL_SCOPE, queues: ['102'] }, { ...FULL_SCOPE, teams: ['b'] }])
      expect(await part.call({ tenant: 'ocm', callId: 'morning' }, scope)).toBeNull();
  });

  test('pages hold every call once, in any order and size, also while calls come in', async () => {
    for (let index = 0; index < 40; index += 1) await call(`page-${index}`, DAY + 30 * HOUR + Math.floor(index / 5) * 1000, { wait_s: index % 3, talk_s: index % 4, tenant: index % 2 === 0 ? 'ocm' : 'sereno' });
    const range = { ...query, from: '2026-01-06T00:00:00Z', to: '2026-01-07T00:00:00Z' };
    let added = 0;
    await fc.assert(fc.asyncProperty(fc.constantFrom('newest', 'oldest', 'longest-wait', 'longest-talk'), fc.integer({ min: tested.name === 'duckdb' ? 1 : 4, max: 23 }), async (order, first) => {
      const whole = (await part.calls({ ...range, order, first: 500 }, FULL_SCOPE)).calls.map(({ callId }) => callId);
      const paged: string[] = [];
      let after: string | undefined;
      for (let turns = 0; turns < 500; turns += 1) {
        const page = await part.calls({ ...range, order, first, after }, FULL_SCOPE);
        paged.push(...page.calls.map(({ callId }) => callId));
        if (!page.hasNextPage) break;
        after = page.endCursor ?? undefined;
        // In front of every page: the newest, and neither the longest wait nor talk.
        if (turns === 0 && order === 'newest') { added += 1; await call(`new-${added}`, DAY + 40 * HOUR + added); }
      }
      expect(paged).toEqual(whole);
    }), { numRuns: tested.name === 'duckdb' ? 10 : 3 });
  });

  test('one call with its legs, states and row', async () => {
    const detail = await part.call({ tenant: 'ocm', callId: 'overflowed' }, FULL_SCOPE);
    expect(detail?.legs.map(({ leg, queue, agent, agentName, outcome, answeredAt }) => [leg, queue, agent, agentName, outcome, answeredAt])).toEqual([
      [1, '102', '', '', 'overflowed', null], [2, '104', '9', '9', 'rerouted', null], [3, '103', '7', 'Aline', 'answered', '2026-01-05T10:01:30.000Z'],
    ]);
    const morning = await part.call({ tenant: 'ocm', callId: 'morning' }, FULL_SCOPE);
    expect(morning?.states).toEqual([{ agent: '7', state: 'talk', reason: '', startedAt: '2026-01-05T08:00:00.000Z', endedAt: '2026-01-05T08:01:00.500Z', callId: 'morning', queue: '101', sessionId: 's1' }]);
    expect(morning?.row).toMatchObject({ ID: 'morning', CtiID: 5, CallUniversalTime: '2026-01-05 08:00:00.000', CallLocalTime: '2026-01-05 09:00:00.000', CallLocalTimeString: '20260105090000', Comments: 'rappeler', HoldDuration: '4' });
    expect(Object.keys(morning?.row ?? {}).length).toBe(54);
    expect(await part.call({ tenant: 'sereno', callId: 'morning' }, FULL_SCOPE)).toBeNull();
    // A hint spares the search; a wrong or senseless one only costs it.
    for (const startedAt of ['2026-01-05T08:00:00.000Z', '2001-01-01T00:00:00Z', 'yesterday', ''])
      expect(await part.call({ tenant: 'ocm', callId: 'morning', startedAt }, FULL_SCOPE)).toEqual(morning);
  });

  test('a call is found whatever its age', async () => {
    await tested.noteLoad(engine, { mark: 1, newestMs: DAY });
    const ages = [-400, -31, -2, -1, 0, 3];
    for (const days of ages) await call(`aged ${days}`, DAY + days * 24 * HOUR, { tenant: 'old' });
    for (const days of ages) expect((await part.call({ tenant: 'old', callId: `aged ${days}` }, FULL_SCOPE))?.startedAt).toBe(new Date(DAY + days * 24 * HOUR).toISOString());
    await engine.execute({ sql: "DELETE FROM store.calls WHERE tenant = 'old'" });
  });

  test('an agent\'s lane is cut to the range and its totals are what is seen', async () => {
    const lanes = await part.agentTimeline({ from: '2026-01-05T07:30:00Z', to: '2026-01-06T00:00:00Z', where: {} }, FULL_SCOPE);
    expect(lanes.map(({ agentName, agent, site, teams }) => [agentName, agent, site, teams])).toEqual([['Bruno', '7', 'douala', ['a', 'b']], ['Chloé', '7', 'lille', []]]);
    expect(lanes[0]?.spans.map(({ state, startedAt, endedAt, reason }) => [state, startedAt.slice(11, 19), endedAt.slice(11, 19), reason])).toEqual([
      ['ready', '07:30:00', '08:00:00', ''], ['talk', '08:00:00', '08:01:00', ''], ['pause', '08:01:00', '08:11:00', 'dejeuner'], ['ready', '23:00:00', '00:00:00', ''],
    ]);
    expect(lanes[0]?.totals).toEqual({ ready: 5400, talk: 60, pause: 600 });
    expect(lanes[0]?.loggedSeconds).toBe(6060);
    const after = await part.agentTimeline({ from: '2026-01-06T00:00:00Z', to: '2026-01-07T00:00:00Z', where: { team: ['b'], agent: ['7'], tenant: ['ocm'], site: ['douala'] } }, FULL_SCOPE);
    expect(after[0]?.totals).toEqual({ ready: 3600 });
  });

  test.each(HOSTILE)('hostile text $name is only text', async ({ text }) => {
    const lists = { tenant: [text], site: [text], campaign: [text], queue: [text], team: [text], agent: [text] };
    // Calls without a queue or an agent are asked by ''.
    const asked = Object.entries(lists).filter(([name]) => text !== '' || !['queue', 'agent'].includes(name));
    for (const [name, values] of asked) expect(await ids({ where: { [name]: values } })).toEqual([]);
    expect(await ids({ where: { callId: text } })).toEqual([]);
    expect(await part.call({ tenant: text, callId: text }, FULL_SCOPE)).toBeNull();
    expect(await part.agentTimeline({ from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: { team: [text], agent: [text] } }, FULL_SCOPE)).toEqual([]);
    expect(await ids({}, { tenants: [text], sites: [text], queues: [text], teams: [text] })).toEqual([]);
    const cursor = Buffer.from(JSON.stringify({ order: 'newest', key: text })).toString('base64url');
    expect(await refused(part.calls({ ...query, where: { result: ['passed', text as DialResult] } }, FULL_SCOPE))).toMatchObject({ code: 'invalid-query' });
    for (const changes of [{ where: { caller: text === '' ? 'x' : text } }, { after: text }, { after: cursor }, { from: text }, { zone: text === '' ? 'x/y' : text }])
      expect(await refused(part.calls({ ...query, ...changes }, FULL_SCOPE))).not.toBeNull();
  });

  test('values out of bounds are named', async () => {
    const { endCursor } = await part.calls({ ...query, first: 1 }, FULL_SCOPE);
    const wrong: [Partial<CallsQuery>, string][] = [
      [{ first: 0 }, 'first is 0'], [{ first: 501 }, '501'], [{ first: 1.5 }, '1.5'], [{ where: { minWaitSeconds: Number.NaN } }, 'minWaitSeconds'],
      [{ order: 'oldest', after: endCursor ?? '' }, 'newest'],
    ];
    for (const [changes, named] of wrong) expect((await refused(part.calls({ ...query, ...changes }, FULL_SCOPE)))?.message).toContain(named);
  });

  test('details of many calls are those of each, in the order asked, two tenants with the same id apart', async () => {
    await call('twin', DAY + 16 * HOUR, { comments: 'ocm' });
    await call('twin', DAY + 17 * HOUR, { tenant: 'sereno', site: 'lille', comments: 'sereno' });
    await insert('legs', { tenant: 'sereno', call_id: 'twin', leg: 1, visit: 1, queue: '201', agent: '7', outcome: 'answered', entered_at: new Date(DAY + 17 * HOUR), started_at: new Date(DAY + 17 * HOUR) });
    const keys = [['ocm', 'overflowed'], ['ocm', 'no such'], ['sereno', 'twin'], ['ocm', 'twin'], ['sereno', 'morning'], ['ocm', 'morning'], ['ocm', 'morning']].map(([tenant = '', callId = '']) => ({ tenant, callId }));
    const details = await part.callDetails(keys, FULL_SCOPE);
    expect(details).toEqual(await Promise.all(keys.map((key) => part.call(key, FULL_SCOPE))));
    expect(details.map((detail) => detail && [detail.tenant, detail.callId, detail.legs.length, detail.row['Comments'] || null])).toEqual([
      ['ocm', 'overflowed', 3, null], null, ['sereno', 'twin', 1, 'sereno'], ['ocm', 'twin', 0, 'ocm'], null, ['ocm', 'morning', 0, 'rappeler'], ['ocm', 'morning', 0, 'rappeler'],
    ]);
    expect((await part.callDetails(keys, { ...FULL_SCOPE, tenants: ['sereno'] })).map((detail) => detail?.tenant)).toEqual([undefined, undefined, 'sereno', undefined, undefined, undefined, undefined]);
    expect(await part.callDetails([], FULL_SCOPE)).toEqual([]);
    await expect(part.callDetails(Array.from({ length: 501 }, (_, index) => ({ tenant: 'ocm', callId: String(index) })), FULL_SCOPE)).rejects.toThrow('more than 500');
  });

  test('what reads facts ends at the asked time', async () => {
    const untimed: string[] = [];
    const watched: Engine = { ...engine, query: (request) => {
      if (request.timeoutMs !== 4321 && /store\.(calls|legs|agent_states)/.test(request.sql)) untimed.push(request.sql);
      return engine.query(request);
    } };
    const timed = openCallsPart({ engine: watched });
    const options = { timeoutMs: 4321 };
    expect(await timed.callDetails([{ tenant: 'ocm', callId: 'morning' }], FULL_SCOPE, options)).toHaveLength(1);
    expect(await timed.agentTimeline({ from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {} }, FULL_SCOPE, options)).not.toEqual([]);
    await timed.calls(query, FULL_SCOPE, options);
    expect(untimed).toEqual([]);
  });
});

async function refused(answer: Promise<unknown>): Promise<WarehouseError | null> {
  const error: unknown = await answer.then(() => null, (reason: unknown) => reason);
  return error instanceof WarehouseError && error.code === 'invalid-query' ? error : null;
}
