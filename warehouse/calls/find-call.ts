import { AGENT_STATES } from '../../telephony/rows.ts';
import type { Engine } from '../engine.ts';
import { Parameters } from '../kpi/parameters.ts';
import type { AgentStateSpan, CallDetail, CallKey, CallLeg, Scope } from '../warehouse.ts';
import { summaryOf, type CallRow } from './call-summary.ts';
import { Conditions } from './conditions.ts';
import { hermesRow } from './hermes-row.ts';
import { question } from './question.ts';

const DAY_MS = 86_400_000;
/** Legs and states of a call lie within these days around its start. */
const AROUND = { before: DAY_MS, after: 7 * DAY_MS };

interface LegRow extends Record<string, unknown> {
  leg: number; visit: number; queue: string; queue_name: string; agent: string; agent_name: string; entered_ms: number; started_ms: number;
  answered_ms: number | null; left_ms: number | null; outcome: string; wait_s: number; ring_s: number; talk_s: number; hold_s: number; wrapup_s: number;
}
export interface StateRow extends Record<string, unknown> { agent: string; state: string; reason: string; started_ms: number; ended_ms: number; call_id: string; queue: string; session_id: string }

/** One call with everything that is known of it; null = unknown, or outside the viewer's scope. */
export async function findCall(engine: Engine, key: CallKey, scope: Scope): Promise<CallDetail | null> {
  const { tenant, callId } = key;
  const stored = await findRow(engine, key);
  if (!stored) return null;
  const startedMs = stored.started_at;
  const parameters = new Parameters();
  Object.assign(parameters.values, { from: new Date(startedMs), to: new Date(startedMs + 1) });
  const conditions = new Conditions(parameters);
  conditions.scope('c', scope);
  conditions.oneOf('c.tenant', [tenant]);
  conditions.oneOf('c.call_id', [callId]);
  const [row] = await engine.query<CallRow>({
    sql: question('calls', { calls: question('call_rows'), conditions: conditions.sql, order: 'c.call_id', 'page order': 'p.call_id', limit: '1' }),
    parameters: parameters.values,
  });
  if (!row) return null;
  const around = { tenant, callId, from: new Date(startedMs - AROUND.before), to: new Date(startedMs + AROUND.after) };
  const [legs, states] = await Promise.all([
    engine.query<LegRow>({ sql: question('call_legs'), parameters: around }),
    engine.query<StateRow>({ sql: question('call_states'), parameters: around }),
  ]);
  const summary = summaryOf(row);
  return {
    ...summary, ivrSeconds: row.ivr_s, firstIvr: row.first_ivr, lastIvr: row.last_ivr, called: row.called, endedByAgent: row.ended_by_agent,
    legs: legs.map(legOf), states: states.map(spanOf), row: hermesRow(stored, startedMs, summary.siteZone),
  };
}

interface StoredRow extends Record<string, unknown> { started_at: number; extra: string | null }

/** Ids have no index, times do: where the caller knows it, then among the newest days, then ever further back. */
async function findRow(engine: Engine, { tenant, callId, startedAt }: CallKey): Promise<StoredRow | null> {
  const [state] = await engine.query<{ data_ms: number | null }>({ sql: question('freshness') });
  const newestMs = state?.data_ms ?? 0;
  const hintMs = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  const windows = [
    ...(Number.isNaN(hintMs) ? [] : [[hintMs, hintMs + 1]]),
    [newestMs - 2 * DAY_MS, LATEST_MS], [newestMs - 31 * DAY_MS, newestMs - 2 * DAY_MS], [EARLIEST_MS, newestMs - 31 * DAY_MS],
  ];
  for (const [from = 0, to = 0] of windows) {
    const [row] = await engine.query<StoredRow>({ sql: question('call_columns'), parameters: { tenant, callId, from: new Date(from), to: new Date(to) } });
    if (row) return row;
  }
  return null;
}

const EARLIEST_MS = Date.UTC(1900, 0, 1);
const LATEST_MS = Date.UTC(9999, 0, 1);

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
