/** How a condition becomes an incident, and ends: seconds of its detector's tuning. */
export interface Hysteresis { holdSeconds: number; clearSeconds: number; reopenMinutes: number }

/**
 * Of one thing that a detector looks at. `sinceMs` = since when the opposite is seen without a break:
 * the condition while there is no incident, its absence while there is one.
 */
export interface DetectorState {
  /** The condition counts as there. */
  on: boolean;
  sinceMs: number | null;
  /** When it last counted as gone; null = never. */
  clearedAtMs: number | null;
}

export const QUIET: DetectorState = { on: false, sinceMs: null, clearedAtMs: null };

/** `open` a new incident · the condition is `back`, in the same one · it is `cleared`. */
export type DetectorTurn = 'open' | 'back' | 'cleared' | null;

/**
 * Hysteresis: a condition counts once it has held, is gone once it was away for a while, and is the same when it
 * comes back soon. Time that runs backwards changes nothing.
 */
export function turnDetector(state: DetectorState, firing: boolean, nowMs: number, { holdSeconds, clearSeconds, reopenMinutes }: Hysteresis): { state: DetectorState; turn: DetectorTurn; /** When what the turn says began. */ atMs: number } {
  if (firing === state.on) return { state: state.sinceMs === null ? state : { ...state, sinceMs: null }, turn: null, atMs: nowMs };
  const sinceMs = Math.min(state.sinceMs ?? nowMs, nowMs);
  const neededMs = (firing ? holdSeconds : clearSeconds) * 1000;
  if (nowMs - sinceMs < neededMs) return { state: { ...state, sinceMs }, turn: null, atMs: nowMs };
  if (!firing) return { state: { on: false, sinceMs: null, clearedAtMs: nowMs }, turn: 'cleared', atMs: sinceMs };
  const soon = state.clearedAtMs !== null && nowMs - state.clearedAtMs <= reopenMinutes * 60_000;
  return { state: { on: true, sinceMs: null, clearedAtMs: state.clearedAtMs }, turn: soon ? 'back' : 'open', atMs: sinceMs };
}
