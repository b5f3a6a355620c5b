import type { RunningAgent, RunningBoard } from './running-query.ts';
import type { Lane, Span } from './timeline-query.ts';

/**
 * The lanes with the states that run now, up to the stream's clock; their seconds count in the totals, as an open
 * session does. An agent whose first state still runs gets a lane. `only` = this agent alone.
 */
export function addRunning(lanes: readonly Lane[], running: RunningBoard | null, dayStartMs: number, only?: string): Lane[] {
  if (!running) return [...lanes];
  const nowMs = Date.parse(running.coreAt ?? running.at);
  const left = new Map(running.agents.filter(({ agent, state }) => state !== 'logged_out' && (only === undefined || agent === only)).map((agent) => [agent.agent, agent]));
  const known = lanes.map((lane) => {
    const agent = left.get(lane.agent);
    left.delete(lane.agent);
    return agent ? withState(lane, agent, dayStartMs, nowMs) : lane;
  });
  const begun = [...left.values()].map((agent) => withState({ agent: agent.agent, agentName: agent.name, teams: agent.teams, site: agent.site, loggedSeconds: 0, totals: [], spans: [], planned: [], scheduledSeconds: 0, adherentSeconds: 0, adherence: null }, agent, dayStartMs, nowMs));
  return [...known, ...begun];
}

function withState(lane: Lane, { state, since, pauseReason, callId, queue }: RunningAgent, dayStartMs: number, nowMs: number): Lane {
  const startMs = Math.max(Date.parse(since), dayStartMs);
  // The lanes may have been asked after this state was seen: what is written there is newer.
  if (nowMs <= startMs || lane.spans.some(({ startedAt }) => Date.parse(startedAt) >= startMs)) return lane;
  const span: Span = { state, reason: pauseReason, startedAt: new Date(startMs).toISOString(), endedAt: new Date(nowMs).toISOString(), callId, queue, running: true };
  const seconds = Math.floor((nowMs - startMs) / 1000);
  const before = lane.totals.find((total) => total.state === state)?.seconds ?? 0;
  return {
    ...lane,
    spans: [...lane.spans, span],
    totals: [...lane.totals.filter((total) => total.state !== state), { state, seconds: before + seconds }],
    loggedSeconds: lane.loggedSeconds + seconds,
  };
}
