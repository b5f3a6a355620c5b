import type { AgentState } from '../parts/agent-state.tsx';
import type { Verdict } from '../parts/verdict.ts';

/** Seconds in a state after which someone should look, and should act. */
const LIMITS: Partial<Record<AgentState, [number, number]>> = {
  ringing: [10, 20],
  talk: [600, 900],
  hold: [90, 180],
  wrapup: [90, 180],
  pause: [1200, 2400],
};

export const ABANDONMENT_TARGET = 0.05;
/** A ratio this far from its target (in points) is red rather than amber. */
export const RATIO_SLACK = 0.1;

export function stateVerdict(state: AgentState, seconds: number): Verdict {
  const limit = LIMITS[state];
  if (!limit) return 'none';
  if (seconds >= limit[1]) return 'bad';
  return seconds >= limit[0] ? 'warn' : 'ok';
}

/** A wait against its queue's target: three quarters used is a warning. */
export function waitVerdict(share: number | null): Verdict {
  if (share === null) return 'none';
  if (share >= 1) return 'bad';
  return share >= 0.75 ? 'warn' : 'ok';
}
