import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEachEngine } from '../warehouse/test-support/each-engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { DIMENSIONS, FULL_SCOPE } from '../warehouse/warehouse.ts';
import type { CallsQuery, Dimensions, Scope, Warehouse } from '../warehouse/warehouse.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';

/** Texts that mean something to SQL, to JSON, to files, to our own SQL's places or to JavaScript's objects. */
const HOSTILE = [
  "'; DROP TABLE store.calls; --", "' OR 1=1 --", '"', '""; x', "''", '`', '\\', "\\'", '$p0', '{p0:String}', '$1', '/*{target}*/', '/*{wanted}*/', '*/ 1 /*', "x') UNION SELECT 1 --", '%', '_', ';', '\u0000', '\u2028', '\ttab', 'line\nbreak', '😀é',
  '__proto__', 'constructor', 'NULL', 'store.calls', 'TIMESTAMP', '= ANY($x)', 'a'.repeat(1000),
];
const ALL = HOSTILE.join(' ');
const START = Date.UTC(2026, 0, 5, 8);
const list: CallsQuery = { from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {}, order: 'oldest', first: 500 };
const everywhere = (texts: string[]): Scope => ({ tenants: texts, sites: texts, queues: texts, teams: texts });
/** Each half must be found without the other. */
const HALVES = [HOSTILE.filter((_text, index) => index % 2 === 0), HOSTILE.filter((_text, index) => index % 2 === 1)];
/** A mapping is parsed without this key. */
const KEYS = HOSTILE.filter((text) => text !== '__proto__');
/** No engine's column can have a name with a zero in it. */
const NAMES = HOSTILE.filter((text) => text !== '\u0000');
const idOf = { tenant: (text: string) => text, call: (text: string) => `call ${text}` };

/** Every text is the name and the id of everything. */
function places(): Dimensions {
  const always = { validFrom: null, validTo: null };
  return {
    version: 1,
    tenants: HOSTILE.map((text, index) => ({ tenant: text, customerNumber: 100 + index, name: text, zone: 'UTC' })), sites: HOSTILE.map((text) => ({ site: text, name: text, zone: 'UTC' })),
    queues: HOSTILE.map((text) => ({ tenant: text, queue: text, name: text, medium: text, targetSeconds: 7, shortAbandonSeconds: 1, ...always })),
    campaigns: HOSTILE.map((text) => ({ tenant: text, campaign: text, name: text, site: text, direction: 'inbound', ...always })),
    teams: HOSTILE.map((text) => ({ team: text, name: text, site: text, tenant: text })), agents: HOSTILE.map((text) => ({ tenant: text, agent: text, name: text, site: text, ...always })),
    teamMembers: HOSTILE.map((text) => ({ team: text, tenant: text, agent: text, ...always })),
    statuses: HOSTILE.map((text) => ({ tenant: text, group: 1, num: 1, detail: 0, labelFr: text, labelEn: text, outcome: 'argued' as const })),
    pauseReasons: HOSTILE.map((text) => ({ code: text, labelFr: text, labelEn: text, productive: true })),
  };
}

/** Hostile as columns of the file, as constants, prefixes, separators, and as what is compared. */
function mapping(): object {
  const constant = (value: string): object => ({ op: 'constant', value });
  const cased = (use: (text: string) => unknown): object => ({ op: 'case', when: HOSTILE.map((text) => ({ if: { op: 'in', of: 'word', values: [text] }, use: use(text) })), otherwise: constant('none') });
  return {
    name: 'hostile', target: 'calls', source: { format: 'ndjson', nulls: [`${ALL}.`] }, deriveLegs: true,
    columns: {
      call_id: { op: 'concat', of: [constant('call '), 'word'] }, tenant: { op: 'tenant', of: 'customer' }, started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' },
      campaign: 'word', first_queue: 'word', first_agent: 'word', medium: 'word', caller: 'word', queued: true, answered: true, status_group: 1, status_num: 1, status_detail: 0, wait_s: 7,
      memo: { op: 'coalesce', of: NAMES }, comments: cased(constant), uui: cased((text) => ({ op: 'strip-prefix', of: 'twice', prefixes: [text] })),
      associated_data: cased((text) => ({ op: 'split', of: 'pair', separator: text, part: 2 })), ref_id: { op: 'nullif', of: 'word', values: HOSTILE },
      contact_id: { op: 'map', of: 'word', values: Object.fromEntries(KEYS.map((text) => [text, text])), otherwise: constant('') }, ended_by_agent: { op: 'flag', of: 'word', true: HOSTILE, false: [`${ALL}.`] },
    },
  };
}

onEachEngine((tested) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-hostile-'));
  let warehouse: Warehouse;
  beforeAll(async () => {
    const engine = await tested.open();
    warehouse = await openWarehouse({ engine, callerKeySecret: ALL, planFor: planForMapping });
    await warehouse.syncDimensions(places());
  });
  afterAll(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  });

  test('a file, its name, its load, its source and its mapping', async () => {
    const file = join(folder, `f '"$p0 \\ {x} % ;--.ndjson`);
    writeFileSync(file, HOSTILE.map((text, index) => `${JSON.stringify({ word: text, customer: 100 + index, at: new Date(START + index * 60_000).toISOString(), twice: `${text}rest`, pair: `one${text}two`, [NAMES.includes(text) ? text : 'zero']: `under ${text}` })}\n`).join(''));
    const load = { loadId: ALL, source: ALL, file, mapping: mapping(), tenant: ALL };
    const counts = { accepted: HOSTILE.length, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };
    const first = await warehouse.load(load);
    expect((await warehouse.quarantine({ limit: 9 })).map(({ reason }) => reason)).toEqual([]);
    expect(first).toEqual(counts);
    expect(await warehouse.load(load)).toEqual(counts);
    expect(await warehouse.loadCounts(ALL)).toEqual(counts);
    writeFileSync(file, HOSTILE.map((text) => `{"torn ${text}\n`).join('').replaceAll('line\nbreak', 'line'));
    expect(await warehouse.load({ ...load, loadId: `${ALL} 2` })).toMatchObject({ quarantined: HOSTILE.length });
    expect(await warehouse.quarantine({ source: ALL, limit: 500 })).toHaveLength(HOSTILE.length);
    expect(await warehouse.quarantinedLines(`${ALL} 2`)).toHaveLength(HOSTILE.length);
    const details = await warehouse.callDetails(HOSTILE.map((text) => ({ tenant: idOf.tenant(text), callId: idOf.call(text), startedAt: text })), FULL_SCOPE);
    for (const [index, text] of HOSTILE.entries()) {
      expect(details[index]).toMatchObject({ tenant: text, site: text, campaign: text, campaignName: text, queue: text, queueName: text, agent: text, agentName: text, statusFr: text, targetSeconds: 7, legs: [{ queue: text, queueName: text, agent: text, agentName: text }] });
      expect(details[index]?.row).toMatchObject({ Memo: NAMES.includes(text) ? `under ${text}` : '', Comments: text, UUI: 'rest', AssociatedData: 'two', RefID: '', ContactID: KEYS.includes(text) ? text : '', EndByAgent: true });
    }
  });

  test('ids that are there are found, and only by themselves', async () => {
    const byAll = await warehouse.kpi({ measures: ['offered', 'agent-contacts'], by: ['tenant', 'queue', 'agent', 'team'], from: '2026-01-05', to: '2026-01-06', where: {} }, FULL_SCOPE);
    expect(byAll.rows.map((row) => row['team']).toSorted()).toEqual(HOSTILE.toSorted());
    expect(byAll.names.agent).toEqual(Object.fromEntries(HOSTILE.map((text) => [text, text])));
    for (const half of HALVES) {
      const where = Object.fromEntries(DIMENSIONS.filter((one) => !['hour', 'weekday', 'incident-type', 'severity', 'component'].includes(one)).map((dimension) => [dimension, half]));
      const { rows } = await warehouse.kpi({ measures: ['queued', 'argued'], by: ['queue'], from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where }, everywhere(half), { queryId: ALL });
      expect(rows.toSorted((a, b) => (String(a['queue']) < String(b['queue']) ? -1 : 1))).toEqual(half.toSorted().map((text) => ({ queue: text, queued: 1, argued: 1 })));
      const { medium: _medium, ...of } = where;
      const { calls } = await warehouse.calls({ ...list, where: of }, everywhere(half), { queryId: ALL });
      expect(calls.map(({ callId }) => callId)).toEqual(half.map((text) => idOf.call(text)));
      expect((await warehouse.calls({ ...list, where: { callId: idOf.call(half[0] ?? '') } }, everywhere(half))).totalCount).toBe(1);
      expect(await warehouse.agentTimeline({ from: '2026-01-05', to: '2026-01-06', where: { tenant: half, site: half, team: half, agent: half } }, everywhere(half), { queryId: ALL })).toEqual([]);
      expect(await warehouse.freshness({ ...everywhere(half), teams: 'all' })).toMatchObject({ calls: half.length });
      const ofIncidents = { tenant: half, site: half, 'incident-type': half, severity: half };
      expect((await warehouse.kpi({ measures: ['incidents'], by: ['incident-type', 'severity'], from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: ofIncidents }, FULL_SCOPE, { queryId: ALL })).rows).toEqual([]);
    }
    await warehouse.cancel(ALL);
    expect((await warehouse.calls({ ...list, where: { direction: HOSTILE as never } }, FULL_SCOPE)).calls).toEqual([]);
  });

  test('pages turn over them', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; seen.length <= HOSTILE.length;) {
      const page = await warehouse.calls({ ...list, order: 'longest-wait', first: 12, ...(after === undefined ? {} : { after }) }, FULL_SCOPE);
      seen.push(...page.calls.map(({ callId }) => callId));
      if (!page.hasNextPage || page.endCursor === null) break;
      after = page.endCursor;
    }
    expect(seen.toSorted()).toEqual(HOSTILE.map((text) => idOf.call(text)).toSorted());
  });

  test('what asks for one of them alone says that there is none', async () => {
    // Each engine binds them alike: one that has everything in it, and some by themselves.
    for (const text of [ALL, "' OR 1=1 --", '\\', '\u0000', '$p0']) {
      expect(await warehouse.unfinished(text)).toEqual({ calls: [], legs: [], sessions: [] });
      expect(await warehouse.quarantine({ source: `${text} `, limit: 1 })).toEqual([]);
      expect([await warehouse.loadCounts(`${text} `), await warehouse.quarantinedLines(text), await warehouse.call({ tenant: text, callId: text, startedAt: text }, FULL_SCOPE)]).toEqual([null, [], null]);
    }
  });

  test('words that are none of ours are refused', async () => {
    for (const text of HOSTILE) {
      const refused: [string, () => Promise<unknown>][] = [
        ['to', () => warehouse.calls({ ...list, to: text }, FULL_SCOPE)], ['fate', () => warehouse.calls({ ...list, where: { fate: [text as never] } }, FULL_SCOPE)], ['order', () => warehouse.calls({ ...list, order: text as never }, FULL_SCOPE)],
        ['compareUntil', () => warehouse.kpi({ measures: ['offered'], by: [], from: '2026-01-05', to: '2026-01-06', where: {}, compareTo: 'previous-day', compareUntil: text }, FULL_SCOPE)],
        ['agents from', () => warehouse.agentTimeline({ from: text, to: '2026-01-06', zone: 'UTC', where: {} }, FULL_SCOPE)], ['agents zone', () => warehouse.agentTimeline({ from: '2026-01-05', to: '2026-01-06', zone: text, where: {} }, FULL_SCOPE)],
      ];
      for (const [what, ask] of refused) await expect(ask(), `${what} ${text}`).rejects.toMatchObject({ name: 'WarehouseError', code: 'invalid-query' });
    }
    await expect(warehouse.load({ loadId: 'x', source: 'x', file: join(folder, 'none'), mapping: ALL })).rejects.toMatchObject({ code: 'invalid-mapping' });
    expect((await warehouse.freshness(FULL_SCOPE)).calls).toBe(HOSTILE.length);
  });
});
