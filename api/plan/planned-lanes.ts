import type { LiveAgent, LiveState } from '../../telephony/live.ts';
import type { AgentLane, AgentTimelineQuery, QueryOptions, Scope, Warehouse } from '../../warehouse/warehouse.ts';
import { validAt, type Directory } from '../directory.ts';
import type { PlannedShift, PlanPort } from '../ports.ts';
import { allows } from '../viewer.ts';
import { activitiesOf } from './activities.ts';
import { compareWithPlan, type Compared, type LivedState, type Stretch } from './adherence.ts';
import { unlivedTimes } from './unlived.ts';

export interface PlannedLane extends AgentLane { compared: Compared }

/** Longer ranges have no plan: adherence is a matter of days. */
const LONGEST_PLANNED_MS = 8 * 86_400_000;

interface Sources {
  warehouse: Pick<Warehouse, 'kpi'>;
  plan: PlanPort;
  directory: Directory;
  /** Null = the core cannot be asked. */
  live: LiveState | null;
  nowMs: number;
}

/** The lanes with what was planned beside them; who was planned and never logged in gets a lane too. */
export async function withPlans(lanes: readonly AgentLane[], fromMs: number, toMs: number, where: AgentTimelineQuery['where'], scope: Scope, { warehouse, plan, directory, live, nowMs }: Sources, options: QueryOptions = {}): Promise<PlannedLane[]> {
  const shifts = toMs <= fromMs || toMs - fromMs > LONGEST_PLANNED_MS ? [] : await plan.shifts(fromMs, toMs);
  const shiftsOf = new Map<string, PlannedShift[]>();
  for (const shift of shifts) shiftsOf.set(keyOf(shift), [...(shiftsOf.get(keyOf(shift)) ?? []), shift]);
  const drawn = new Set(lanes.map(keyOf));
  const absent = validAt(directory.configuration().agents, fromMs).map((agent): AgentLane => ({ tenant: agent.tenant, agent: String(agent.number), agentName: agent.name, teams: agent.teams, site: agent.site, spans: [], totals: {}, loggedSeconds: 0 }))
    .filter((lane) => shiftsOf.has(keyOf(lane)) && !drawn.has(keyOf(lane)) && sees(scope, where, lane));
  const all = [...lanes, ...absent].toSorted((a, b) => a.agentName.localeCompare(b.agentName, 'fr') || a.agent.localeCompare(b.agent));
  if (!all.some((lane) => shiftsOf.has(keyOf(lane)))) return all.map((lane) => ({ ...lane, compared: compareWithPlan([], [], toMs) }));

  const running = Object.values(live?.agents ?? {}).filter(({ state }) => state !== 'logged_out');
  const floorMs = live?.atMs ?? nowMs;
  const untilMs = Math.min(toMs, floorMs);
  const alive = live ? running.map(({ sinceMs }) => ({ fromMs: sinceMs, toMs: live.atMs })) : [];
  const unlived = await unlivedTimes(warehouse, shifts, fromMs, Math.max(fromMs, untilMs), floorMs, alive, options);
  return all.map((lane) => {
    const written = lane.spans.map(({ state, reason, startedAt, endedAt }): LivedState => ({ state, reason, fromMs: Date.parse(startedAt), toMs: Date.parse(endedAt) }));
    const lastMs = written.reduce((last, state) => Math.max(last, state.toMs), fromMs);
    const now = running.find((agent) => agent.tenant === lane.tenant && String(agent.agent) === lane.agent);
    // Who cannot be asked what he does now is known up to his last state.
    const knownMs = live || toMs <= floorMs ? untilMs : Math.min(untilMs, lastMs);
    const states = now ? [...written, ...atHand(now, lastMs, untilMs)] : written;
    return { ...lane, compared: compareWithPlan(activitiesOf(shiftsOf.get(keyOf(lane)) ?? [], fromMs, toMs), states, knownMs, unlived) };
  });
}

/** The state that an agent is in, and before it what is lived but not loaded yet: what that was, nobody knows. */
function atHand({ state, pauseReason, sinceMs, loggedInSinceMs }: LiveAgent, lastMs: number, untilMs: number): LivedState[] {
  const gap: Stretch = { fromMs: Math.max(lastMs, loggedInSinceMs ?? sinceMs), toMs: sinceMs };
  return [
    ...(gap.toMs > gap.fromMs ? [{ state: 'unknown' as const, reason: '', ...gap }] : []),
    { state, reason: pauseReason, fromMs: sinceMs, toMs: untilMs },
  ];
}

function keyOf({ tenant, agent }: { tenant: string; agent: string }): string {
  return `${tenant}\n${agent}`;
}

/** The same agents as the warehouse would tell of. An empty list asks for everybody. */
function sees(scope: Scope, where: AgentTimelineQuery['where'], { tenant, site, teams, agent }: AgentLane): boolean {
  const asked = (ids: string[] | undefined, ...own: string[]): boolean => ids === undefined || ids.length === 0 || own.some((id) => ids.includes(id));
  return allows(scope.tenants, tenant) && allows(scope.sites, site) && (scope.teams === 'all' || teams.some((team) => allows(scope.teams, team))) && scope.queues === 'all'
    && asked(where.tenant, tenant) && asked(where.site, site) && asked(where.team, ...teams) && asked(where.agent, agent);
}
