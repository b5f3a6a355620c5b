import type { AgentState } from '../../telephony/rows.ts';
import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { defaultZone } from '../kpi/default-zone.ts';
import { Parameters } from '../kpi/parameters.ts';
import { instantOf } from '../kpi/resolve-query.ts';
import { ZoneClock } from '../kpi/zone-clock.ts';
import { WarehouseError, type AgentLane, type AgentTimelineQuery, type QueryOptions, type Scope } from '../warehouse.ts';
import { Conditions } from './conditions.ts';
import { spanOf, type StateRow } from './find-calls.ts';
import { question } from './question.ts';
import { refuseGone } from './refuse-gone.ts';

const DAY_MS = 86_400_000;
const MOST_SPANS = 100_000;

interface LaneRow extends StateRow { tenant: string; site: string; agent_name: string }
interface TeamRow extends Record<string, unknown> { tenant: string; agent: string; team: string; from_ms: number | null; to_ms: number | null }

/** What agents did in a range, cut to it, by name. @throws WarehouseError `invalid-query`. */
export async function agentTimeline(engine: Engine, query: AgentTimelineQuery, scope: Scope, options: QueryOptions = {}): Promise<AgentLane[]> {
  const clock = ZoneClock.of(query.zone ?? await defaultZone(engine, { where: { site: query.where.site, tenant: query.where.tenant } }, scope));
  const [fromMs, toMs] = [instantOf(query.from, clock, 'from'), instantOf(query.to, clock, 'to')];
  await refuseGone(engine, fromMs, toMs);
  const parameters = new Parameters();
  Object.assign(parameters.values, { from: new Date(fromMs), to: new Date(toMs), lookback: new Date(fromMs - DAY_MS) });
  const conditions = new Conditions(parameters);
  conditions.scope('r', scope);
  conditions.oneOf('r.tenant', query.where.tenant);
  conditions.oneOf('r.site', query.where.site);
  conditions.oneOf('r.agent', query.where.agent);
  conditions.teams('r', query.where.team);
  const [rows, teams] = await Promise.all([
    engine.query<LaneRow>({ sql: question('agent_timeline', { ...conditions.places, limit: parameters.add(MOST_SPANS + 1) }), parameters: parameters.values, large: true, ...options }),
    engine.query<TeamRow>({ sql: question('agent_teams'), timeoutMs: SMALL_QUESTION_MS }),
  ]);
  if (rows.length > MOST_SPANS) throw new WarehouseError('invalid-query', `${query.from} to ${query.to} has more than ${MOST_SPANS} states: ask a shorter range or fewer agents`);
  const lanes = grouped(rows, ({ tenant, agent }) => `${tenant}\n${agent}`);
  return [...lanes.values()].map((states) => laneOf(states, teams, fromMs, toMs)).toSorted((a, b) => a.agentName.localeCompare(b.agentName, 'fr') || a.agent.localeCompare(b.agent));
}

function laneOf(states: LaneRow[], teams: TeamRow[], fromMs: number, toMs: number): AgentLane {
  const last = states.at(-1);
  const { tenant = '', agent = '', site = '', agent_name: agentName = '' } = last ?? {};
  const ms: Partial<Record<AgentState, number>> = {};
  const spans = states.map(spanOf);
  for (const [index, { state }] of spans.entries()) ms[state] = (ms[state] ?? 0) + ((states[index]?.ended_ms ?? 0) - (states[index]?.started_ms ?? 0));
  const totals: AgentLane['totals'] = {};
  for (const [state, total] of Object.entries(ms)) Object.assign(totals, { [state]: Math.floor(total / 1000) });
  return {
    tenant, agent, agentName, site, spans, totals,
    teams: [...new Set(teams.filter((member) => member.tenant === tenant && member.agent === agent && (member.from_ms ?? -Infinity) < toMs && (member.to_ms ?? Infinity) > fromMs).map(({ team }) => team))],
    loggedSeconds: Math.floor(Object.values(ms).reduce((sum, value) => sum + value, 0) / 1000),
  };
}

/** `Map.groupBy` is not in every supported Node. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
