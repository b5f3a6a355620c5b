import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { STANDARD_PEOPLE } from '../telephony/dialer/called-people.ts';
import { DIALING_MODES } from '../telephony/outbound-configuration.ts';
import { AGENT_STATES, ROW_KINDS, type AgentState, type OdActionsRow } from '../telephony/rows.ts';
import { START_MS } from '../telephony/testing/floor.ts';
import { DID, outboundFloor, type OutboundFloor, type OutboundFloorOptions } from '../telephony/testing/outbound-floor.ts';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import type { Engine } from '../warehouse/engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { toDimensions } from '../warehouse/operational/dimensions.ts';
import { FULL_SCOPE, type KpiRow, type Warehouse } from '../warehouse/warehouse.ts';
import { importFile } from './import.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-outbound-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY = { from: '2026-01-05', to: '2026-01-06', zone: 'UTC', where: {} };
const HOUR_MS = 3_600_000;
/** A sale, a refusal, a wrong call, a meeting, or nothing said. */
const STATUSES = [
  { tenant: 'ocm', group: 1, num: 1, labelFr: 'Vente', labelEn: 'Sale', outcome: 'positive' }, { tenant: 'ocm', group: 1, num: 2, labelFr: 'Refus', labelEn: 'Refusal', outcome: 'argued' },
  { tenant: 'ocm', group: 1, num: 3, labelFr: 'Faux appel', labelEn: 'Wrong call', outcome: 'none' }, { tenant: 'ocm', group: 1, num: 4, labelFr: 'Rendez-vous', labelEn: 'Meeting', outcome: 'appointment' },
];

/** Lives an hour of a campaign to its end and loads what the core wrote. */
async function lived(options: OutboundFloorOptions, work: (floor: OutboundFloor, warehouse: Warehouse, engine: Engine) => Promise<void>): Promise<void> {
  let said = 0;
  const floor = outboundFloor({ configuration: { statuses: STATUSES }, qualify: () => ((said += 1) % 5 === 0 ? null : { group: 1, num: said % 5 }), ...options });
  const agents = Array.from({ length: options.agents ?? 3 }, (_, index) => index + 1);
  floor.ready(...agents);
  floor.after(2400);
  floor.automaton.endDialing();
  floor.after(900);
  for (const agent of agents) for (const kind of ['hang-up', 'end-wrapup', 'logout'] as const) floor.automaton.command({ kind, agent });
  const engine = openDuckDb({ path: ':memory:', threads: 1 });
  const warehouse = await openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping });
  try {
    await warehouse.syncDimensions(toDimensions(floor.configuration));
    for (const kind of ROW_KINDS) {
      const file = join(folder, `${kind}.ndjson`);
      writeFileSync(file, floor.rows.flatMap((emitted) => (emitted.kind === kind ? [`${JSON.stringify(emitted.row)}\n`] : [])).join(''));
      expect(await importFile({ file, mapping: kind, tenant: 'ocm', warehouse })).toMatchObject({ quarantined: 0 });
    }
    await work(floor, warehouse, engine);
  } finally {
    await warehouse.close();
  }
}

test('outbound calls are in no inbound figure, and in the time of the agents', async () => {
  await lived({ level: 4, behaviour: { ...STANDARD_PEOPLE, personShare: 0.6, talkMeanSeconds: 60 } }, async (floor, warehouse, engine) => {
    const one = async (sql: string): Promise<unknown> => (await engine.query({ sql }))[0];
    const { counters } = floor.automaton;
    expect(counters.nuisance).toBeGreaterThan(0);
    expect(await one(`SELECT CAST(count(*) AS INTEGER) AS dialed, CAST(sum(abandoned::INTEGER) AS INTEGER) AS nuisance, CAST(sum((answered AND NOT abandoned)::INTEGER) AS INTEGER) AS passed FROM store.calls WHERE direction = 'outbound' AND contact_index > 0 AND dialed LIKE '+336%'`))
      .toEqual({ dialed: counters.dialed, nuisance: counters.nuisance, passed: floor.calls().filter(({ FirstAgent }) => FirstAgent !== 0).length });
    expect(await one("SELECT CAST(count(*) AS INTEGER) AS legs FROM store.legs WHERE direction = 'outbound'")).toEqual({ legs: floor.legs().length });
    expect(await one("SELECT CAST(count(*) AS INTEGER) AS inbound FROM (SELECT direction FROM store.calls UNION ALL SELECT direction FROM store.legs) AS each WHERE direction <> 'outbound'")).toEqual({ inbound: 0 });
    const measures = ['offered', 'queued', 'answered', 'abandoned', 'no-agent', 'argued', 'rerouted'];
    const inbound = await warehouse.kpi({ measures, by: ['day'], ...DAY }, FULL_SCOPE);
    expect(inbound.rows.flatMap((row) => measures.filter((id) => Number(row[id] ?? 0) !== 0))).toEqual([]);
    const agents = await warehouse.kpi({ measures: ['talk-minutes-per-hour', 'logged-time'], by: ['agent'], ...DAY }, FULL_SCOPE);
    expect(agents.rows).toHaveLength(3);
    expect(agents.rows.every((row) => Number(row['talk-minutes-per-hour']) > 5 && Number(row['logged-time']) > 0)).toBe(true);
  });
}, 60_000);

test.each(DIALING_MODES)('%s: the measures are what the core counted, and the hour of an agent is the sum of its rows', async (mode) => {
  const people = fc.record({ personShare: fc.double({ min: 0.15, max: 0.7, noNaN: true }), machineShare: fc.double({ min: 0, max: 0.25, noNaN: true }), talkMeanSeconds: fc.integer({ min: 20, max: 200 }) });
  let appointments = 0;
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), people, async (seed, agents, level, behaviour) => {
    // Twenty to the hour: talks and waits lie across it.
    await lived({ settings: { mode }, seed, agents, level, behaviour: { ...STANDARD_PEOPLE, ...behaviour }, startMs: START_MS + (2 / 3) * HOUR_MS }, async (floor, warehouse) => {
      const counted = floor.automaton.live.snapshot().campaigns[DID]?.dialer;
      const ids = ['dial-attempts', 'reached', 'passed', 'nuisance-calls', 'machines'];
      const all = await warehouse.kpi({ measures: [...ids, 'nuisance-rate'], by: ['campaign'], ...DAY }, FULL_SCOPE);
      expect(all.rows.map((row) => [row['campaign'], ...ids.map((id) => row[id])])).toEqual([[DID, counted?.dialed, counted?.persons, counted?.passed, counted?.nuisance, counted?.machines]]);
      expect([counted?.dialed, counted?.persons]).toEqual([floor.automaton.counters.dialed, (counted?.passed ?? 0) + (counted?.nuisance ?? 0)]);
      expect(all.rows[0]?.['nuisance-rate']).toBe(counted?.persons === 0 ? null : (counted?.nuisance ?? 0) / (counted?.persons ?? 0));

      const asked = [['passed', 'dial-argued', 'dial-positive', 'appointments'], ['talk-time', 'wait-between-calls', 'agent-contacts']];
      const answers = await Promise.all(asked.map((measures) => warehouse.kpi({ measures, by: ['agent', 'hour'], ...DAY, totals: true }, FULL_SCOPE)));
      const expected = byAgentAndHour(floor);
      for (const row of answers.flatMap(({ rows }) => rows).filter(({ agent }) => agent !== '')) {
        const sums = expected.get(`${row['agent']}/${Number(row['hour'])}`);
        for (const [id, value] of measured(row)) expect([row['agent'], row['hour'], id, value]).toEqual([row['agent'], row['hour'], id, valueOf(id, sums)]);
      }
      // Nobody is missing, and the totals are those of all.
      for (const key of expected.keys()) expect(answers.some(({ rows }) => rows.some((row) => `${row['agent']}/${Number(row['hour'])}` === key))).toBe(true);
      const whole = [...expected.values()].reduce<Sums>(added, {});
      for (const { totals } of answers) for (const [id, value] of measured(totals ?? {})) expect([id, value]).toEqual([id, valueOf(id, whole)]);
      appointments += whole['appointments'] ?? 0;
    });
  }), { numRuns: 2, seed: 4 });
  expect(appointments).toBeGreaterThan(0);
}, 120_000);

type Sums = Record<string, number>;

function measured(row: KpiRow): [string, number | null][] {
  return Object.entries(row).filter(([id]) => id !== 'agent' && id !== 'hour').map(([id, value]) => [id, value === null ? null : rounded(Number(value))]);
}

function valueOf(id: string, sums: Sums = {}): number | null {
  const of = (name: string): number => sums[name] ?? 0;
  if (id === 'talk-time') return rounded(of('talk') / 1000);
  if (id !== 'wait-between-calls') return of(id);
  return of('agent-contacts') === 0 ? null : rounded((of('ready') + of('preview') + of('dialing')) / 1000 / of('agent-contacts'));
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** From the rows alone: calls at their start, contacts at their entry, time where it was spent. */
function byAgentAndHour(floor: OutboundFloor): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  const add = (agent: number, atMs: number, name: string, value = 1): void => {
    const key = `${agent}/${new Date(atMs).getUTCHours()}`;
    sums.set(key, added(sums.get(key) ?? {}, { [name]: value }));
  };
  for (const { FirstAgent, LastAgent, CallUniversalTime, CallStatusGroup: group, CallStatusNum: num } of floor.calls()) {
    const atMs = Date.parse(`${CallUniversalTime.replace(' ', 'T')}Z`);
    if (FirstAgent !== 0 && !(group === 0 && [90, 91, 92, 93, 96].includes(num ?? 0))) add(FirstAgent, atMs, 'passed');
    if (group !== 1) continue;
    if (num === 1 || num === 2 || num === 4) add(LastAgent, atMs, 'dial-argued');
    if (num === 1 || num === 4) add(LastAgent, atMs, 'dial-positive');
    if (num === 4) add(LastAgent, atMs, 'appointments');
  }
  for (const { Agent, Outcome, EnteredUniversalTime } of floor.legs()) if (Agent !== 0 && Outcome === 'answered') add(Agent, Date.parse(`${EnteredUniversalTime.replace(' ', 'T')}Z`), 'agent-contacts');
  for (let agent = 1; agent <= floor.configuration.agents.length; agent += 1) {
    for (const { State, Duration, ActionUniversalTimeString } of floor.actions(agent)) {
      const [fromMs, state]: [number, AgentState] = [startOf(ActionUniversalTimeString), AGENT_STATES[State] ?? 'unknown'];
      if (state === 'logged_out') continue;
      for (let atMs = fromMs; atMs < fromMs + Duration;) {
        const untilMs = Math.min(fromMs + Duration, (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS);
        add(agent, atMs, state, untilMs - atMs);
        atMs = untilMs;
      }
    }
  }
  return sums;
}

function added(sums: Sums, more: Sums): Sums {
  return Object.fromEntries([...new Set([...Object.keys(sums), ...Object.keys(more)])].map((name) => [name, (sums[name] ?? 0) + (more[name] ?? 0)]));
}

function startOf(text: OdActionsRow['ActionUniversalTimeString']): number {
  const [, year, month, day, hour, minute, second, ms] = /^(....)(..)(..)(..)(..)(..)(...)$/.exec(text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(ms));
}
