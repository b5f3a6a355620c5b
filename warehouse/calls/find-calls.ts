import { AGENT_STATES } from '../../telephony/rows.ts';
import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { Parameters } from '../kpi/parameters.ts';
import { MOST_CALLS_AT_ONCE, WarehouseError, type AgentStateSpan, type CallDetail, type CallKey, type CallLeg, type QueryOptions, type Scope } from '../warehouse.ts';
import { summaryOf, type CallRow } from './call-summary.ts';
import { Conditions } from './conditions.ts';
import { hermesRow } from './hermes-row.ts';
import { question } from './question.ts';

const DAY_MS = 86_400_000;
/** Legs and states of a call lie within these days around its start. */
const AROUND = { before: DAY_MS, after: 7 * DAY_MS };

interface StoredRow extends Record<string, unknown> { tenant: string; call_id: string; started_at: number; extra: string | null }
interface LegRow extends Record<string, unknown> {
  tenant: string; call_id: string; leg: number; visit: number; queue: string; queue_name: string; agent: string; agent_name: string; entered_ms: number; started_ms: number;
  answered_ms: number | null; left_ms: number | null; outcome: string; wait_s: number; ring_s: number; talk_s: number; hold_s: number; wrapup_s: number;
}
export interface StateRow extends Record<string, unknown> { agent: string; state: string; reason: string; started_ms: number; ended_ms: number; call_id: string; queue: string; session_id: string }

/** Calls with everything that is known of them, in the order of the keys; null = unknown, or outside the viewer's scope. */
export async function findCalls(engine: Engine, keys: readonly CallKey[], scope: Scope, { timeoutMs }: QueryOptions = {}): Promise<(CallDetail | null)[]> {
  if (keys.length === 0) return [];
  if (keys.length > MOST_CALLS_AT_ONCE) throw new WarehouseError('invalid-query', `more than ${MOST_CALLS_AT_ONCE} calls are asked at once`);
  const [wanted, bound] = among(keys);
  const stored = await findRows(engine, keys, wanted, bound, timeoutMs);
  if (stored.size === 0) return keys.map(() => null);
  const starts = [...stored.values()].flatMap((rows) => rows.map((row) => row.started_at));
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const parameters = new Parameters();
  Object.assign(parameters.values, { from: new Date(first), to: new Date(last + 1) });
  const conditions = new Conditions(parameters);
  conditions.scope('c', scope);
  conditions.oneOf('c.tenant', distinct(keys, 'tenant'));
  conditions.oneOf('c.call_id', distinct(keys, 'callId'));
  // Tenants may use the same ids: the pairs are told apart below.
  const limit = String(distinct(keys, 'tenant').length * distinct(keys, 'callId').length);
  Object.assign(bound.values, { from: new Date(first - AROUND.before), to: new Date(last + AROUND.after) });
  const [rows, legs, states] = await Promise.all([
    engine.query<CallRow>({ sql: question('calls', { calls: question('call_rows'), ...conditions.places, order: 'c.call_id', 'page order': 'p.call_id', limit }), parameters: parameters.values, timeoutMs }),
    engine.query<LegRow>({ sql: question('call_legs', { wanted }), parameters: bound.values, timeoutMs }),
    engine.query<StateRow & { tenant: string }>({ sql: question('call_states', { wanted }), parameters: bound.values, timeoutMs }),
  ]);
  const [rowsOf, legsOf, statesOf] = [byKey(rows), byKey(legs), byKey(states)];
  return keys.map(({ tenant, callId }) => {
    const key = keyOf(tenant, callId);
    const [row] = rowsOf.get(key) ?? [];
    const [columns] = stored.get(key) ?? [];
    if (!row || !columns) return null;
    const summary = summaryOf(row);
    return {
      ...summary, ivrSeconds: row.ivr_s, firstIvr: row.first_ivr, lastIvr: row.last_ivr, called: row.called, endedByAgent: row.ended_by_agent,
      legs: (legsOf.get(key) ?? []).map(legOf), states: (statesOf.get(key) ?? []).map(spanOf), row: hermesRow(columns, columns.started_at, summary.siteZone),
    };
  });
}

/** Ids have no index, times do: where the caller knows them, then among the newest days, then ever further back. */
async function findRows(engine: Engine, keys: readonly CallKey[], wanted: string, bound: Parameters, timeoutMs?: number): Promise<Map<string, StoredRow[]>> {
  const [state] = await engine.query<{ data_ms: number | null }>({ sql: question('freshness'), timeoutMs: SMALL_QUESTION_MS });
  const newestMs = state?.data_ms ?? 0;
  const hints = keys.flatMap(({ startedAt }) => (startedAt === undefined || Number.isNaN(Date.parse(startedAt)) ? [] : [Date.parse(startedAt)]));
  const windows = [
    ...(hints.length === 0 ? [] : [[Math.min(...hints), Math.max(...hints) + 1]]),
    [newestMs - 2 * DAY_MS, LATEST_MS], [newestMs - 31 * DAY_MS, newestMs - 2 * DAY_MS], [EARLIEST_MS, newestMs - 31 * DAY_MS],
  ];
  const pairs = new Set(keys.map(({ tenant, callId }) => keyOf(tenant, callId)));
  const found = new Map<string, StoredRow[]>();
  for (const [from = 0, to = 0] of windows) {
    const rows = await engine.query<StoredRow>({ sql: question('call_columns', { wanted }), parameters: { ...bound.values, from: new Date(from), to: new Date(to) }, timeoutMs });
    for (const row of rows) if (pairs.has(keyOf(row.tenant, row.call_id))) found.set(keyOf(row.tenant, row.call_id), [row]);
    if (found.size === pairs.size) break;
  }
  return found;
}

const EARLIEST_MS = Date.UTC(1900, 0, 1);
const LATEST_MS = Date.UTC(9999, 0, 1);

/** SQL for the place {wanted}, with its values. */
function among(keys: readonly CallKey[]): [sql: string, parameters: Parameters] {
  const parameters = new Parameters();
  return [`tenant IN (${parameters.list(distinct(keys, 'tenant'))}) AND call_id IN (${parameters.list(distinct(keys, 'callId'))})`, parameters];
}

function distinct(keys: readonly CallKey[], of: 'tenant' | 'callId'): string[] {
  return [...new Set(keys.map((key) => key[of]))];
}

function keyOf(tenant: string, callId: string): string {
  return JSON.stringify([tenant, callId]);
}

function byKey<Row extends { tenant: string; call_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.tenant, row.call_id);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function legOf(row: LegRow): CallLeg {
  return {
    leg: row.leg, visit: row.visit, queue: row.queue, queueName: row.queue_name, agent: row.agent, agentName: row.agent_name,
    enteredAt: iso(row.entered_ms), startedAt: iso(row.started_ms), answeredAt: row.answered_ms === null ? null : iso(row.answered_ms), leftAt: row.left_ms === null ? null : iso(row.left_ms),
    outcome: row.outcome, waitSeconds: row.wait_s, ringSeconds: row.ring_s, talkSeconds: row.talk_s, holdSeconds: row.hold_s, wrapupSeconds: row.wrapup_s,
  };
}

export function spanOf(row: StateRow): AgentStateSpan {
  return {
    agent: row.agent, state: AGENT_STATES.find((state) => state === row.state) ?? 'unknown', reason: row.reason, startedAt: iso(row.started_ms), endedAt: iso(row.ended_ms),
    callId: row.call_id, queue: row.queue, sessionId: row.session_id,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
