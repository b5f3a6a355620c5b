import type { AgentState } from '../parts/agent-state.tsx';
import type { Lane, Planned, Span } from './timeline-query.ts';

export interface LaneView { agent: string; name: string; spans: Span[]; planned: Planned[]; logged: number; talk: number; wrapup: number; pause: number; ready: number; /** (talk + hold + wrap-up) / (the same + ready); null = nothing to divide by. */ occupancy: number | null; /** Planned seconds that are due, and those kept. */ scheduled: number; adherent: number; adherence: number | null }
export interface TeamLanes { team: string; name: string; lanes: LaneView[]; /** Σ kept / Σ due. */ adherence: number | null }
export interface Frame { startMs: number; endMs: number; ticks: number[] }

const HOUR = 3_600_000;

/** Lanes by team (the first one, so that nobody is seen twice), agents by name. */
export function prepareLanes(lanes: readonly Lane[], teamName: (id: string) => string): TeamLanes[] {
  const teams = new Map<string, LaneView[]>();
  for (const lane of lanes) {
    const team = lane.teams[0] ?? '';
    const members = teams.get(team);
    if (members) members.push(laneView(lane));
    else teams.set(team, [laneView(lane)]);
  }
  return [...teams].map(([team, members]) => ({ team, name: teamName(team), lanes: members.toSorted((a, b) => a.name.localeCompare(b.name)), adherence: together(members) })).toSorted((a, b) => a.name.localeCompare(b.name));
}

export function laneView(lane: Lane): LaneView {
  const seconds = (...states: AgentState[]) => lane.totals.reduce((sum, total) => sum + (states.includes(total.state) ? total.seconds : 0), 0);
  const busy = seconds('talk', 'hold', 'wrapup');
  const able = busy + seconds('ready');
  return { agent: lane.agent, name: lane.agentName, spans: lane.spans.filter(({ state }) => state !== 'logged_out'), planned: lane.planned, logged: lane.loggedSeconds, talk: seconds('talk', 'hold'), wrapup: seconds('wrapup'), pause: seconds('pause'), ready: seconds('ready'), occupancy: able === 0 ? null : busy / able, scheduled: lane.scheduledSeconds, adherent: lane.adherentSeconds, adherence: lane.adherence };
}

function together(members: readonly LaneView[]): number | null {
  const sum = (of: (member: LaneView) => number) => members.reduce((total, member) => total + of(member), 0);
  const scheduled = sum((member) => member.scheduled);
  return scheduled === 0 ? null : sum((member) => member.adherent) / scheduled;
}

/** The hours that are drawn: from the full hour in which anything begins, lived or planned, to the one in which the last thing ends, inside the day. */
export function prepareFrame(lanes: readonly { spans: readonly Span[]; planned: readonly Planned[] }[], dayStartMs: number, dayEndMs: number): Frame {
  const drawn = lanes.map(({ spans, planned }) => ({ spans: spans.filter(({ state }) => state !== 'logged_out'), planned }));
  const starts = drawn.flatMap(({ spans, planned }) => [...spans.map(({ startedAt }) => Date.parse(startedAt)), ...planned.map(({ startsAt }) => Date.parse(startsAt))]);
  const ends = drawn.flatMap(({ spans, planned }) => [...spans.map(({ endedAt }) => Date.parse(endedAt)), ...planned.map(({ endsAt }) => Date.parse(endsAt))]);
  const first = starts.length > 0 ? Math.max(dayStartMs, starts.reduce((a, b) => Math.min(a, b))) : dayStartMs + 8 * HOUR;
  const last = ends.length > 0 ? Math.min(dayEndMs, ends.reduce((a, b) => Math.max(a, b))) : dayStartMs + 18 * HOUR;
  const startMs = dayStartMs + Math.floor((first - dayStartMs) / HOUR) * HOUR;
  const endMs = Math.max(startMs + HOUR, dayStartMs + Math.ceil((last - dayStartMs) / HOUR) * HOUR);
  const hours = (endMs - startMs) / HOUR;
  const step = hours > 14 ? 2 * HOUR : hours <= 2 ? HOUR / 4 : HOUR;
  const ticks: number[] = [];
  for (let at = startMs; at <= endMs; at += step) ticks.push(at);
  return { startMs, endMs, ticks };
}

export interface LanePath { state: AgentState; path: string }

/** Share of the lane's height by state: the shape says what the colour says. */
const HEIGHT: Partial<Record<AgentState, number>> = { talk: 1, hold: 0.8, wrapup: 0.6, ringing: 0.6, dialing: 0.6, preview: 0.5, supervision: 0.5, pause: 0.4, ready: 0.2, unknown: 0.1 };

/** One path per state, so that a floor of a hundred agents stays light to draw. Units: a box of 1000 × 100. */
export function prepareLanePaths(spans: readonly Span[], { startMs, endMs }: Frame): LanePath[] {
  const paths = new Map<AgentState, string>();
  const scale = 1000 / (endMs - startMs);
  for (const { state, startedAt, endedAt } of spans) {
    const height = HEIGHT[state];
    const from = Math.max(startMs, Date.parse(startedAt));
    const to = Math.min(endMs, Date.parse(endedAt));
    if (height === undefined || to <= from) continue;
    const x = round((from - startMs) * scale);
    const top = round(100 - height * 100);
    paths.set(state, `${paths.get(state) ?? ''}M${x} ${top}h${round((to - from) * scale)}V100H${x}z`);
  }
  return [...paths].map(([state, path]) => ({ state, path }));
}

/** The span under a place on the lane, 0…1. */
export function spanAt(spans: readonly Span[], { startMs, endMs }: Frame, share: number): Span | null {
  const at = startMs + share * (endMs - startMs);
  return spans.find(({ startedAt, endedAt }) => Date.parse(startedAt) <= at && at < Date.parse(endedAt)) ?? null;
}

/** Pauses by reason, longest first. */
export function preparePauses(spans: readonly Span[]): { reason: string; count: number; seconds: number }[] {
  const reasons = new Map<string, { reason: string; count: number; seconds: number }>();
  for (const { state, reason, startedAt, endedAt } of spans) {
    if (state !== 'pause') continue;
    const known = reasons.get(reason) ?? { reason, count: 0, seconds: 0 };
    known.count += 1;
    known.seconds += (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    reasons.set(reason, known);
  }
  return [...reasons.values()].toSorted((a, b) => b.seconds - a.seconds);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
