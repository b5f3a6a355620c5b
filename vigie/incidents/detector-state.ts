/** How a condition becomes an incident, and ends. */
export interface Hysteresis { holdSeconds: number; clearSeconds: number; reopenMinutes: number }

/** Of one thing that a detector looks at. */
export interface DetectorState {
  /** The condition counts as there. */
  on: boolean;
  /** Since when the opposite of `on` is seen without a break; null = it is not. */
  sinceMs: number | null;
  /** When the condition last counted as gone; null = never. */
  clearedAtMs: number | null;
  /** How often it came back. */
  returns: number;
}

export const QUIET: DetectorState = { on: false, sinceMs: null, clearedAtMs: null, returns: 0 };

/** A new trouble · the same one is `back` · it is `cleared`. */
export type DetectorTurn = 'open' | 'back' | 'cleared';
/** `atMs`: when that began which the turn says. */
export interface Turned { state: DetectorState; turn: DetectorTurn | null; atMs: number }

/**
 * Hysteresis: a condition counts once it has held, and is gone once it was away for a while: twice as long after each time
 * it came back, so that one that flaps is one trouble, soon without a break. Time that runs backwards changes nothing.
 */
export function turnDetector(state: DetectorState, firing: boolean, nowMs: number, hysteresis: Hysteresis): Turned {
  if (firing === state.on) return { state: { ...state, sinceMs: null }, turn: null, atMs: nowMs };
  const sinceMs = Math.min(state.sinceMs ?? nowMs, nowMs);
  const neededMs = firing ? hysteresis.holdSeconds * 1000 : clearMs(state.returns, hysteresis);
  if (nowMs - sinceMs < neededMs) return { state: { ...state, sinceMs }, turn: null, atMs: nowMs };
  if (!firing) return { state: { ...state, on: false, sinceMs: null, clearedAtMs: nowMs }, turn: 'cleared', atMs: sinceMs };
  const soon = state.clearedAtMs !== null && nowMs - state.clearedAtMs <= hysteresis.reopenMinutes * 60_000;
  return { state: { on: true, sinceMs: null, clearedAtMs: state.clearedAtMs, returns: soon ? state.returns + 1 : 0 }, turn: soon ? 'back' : 'open', atMs: sinceMs };
}

/** Never longer than the window in which it would be the same trouble anyway, unless it was set so. */
function clearMs(returns: number, { clearSeconds, reopenMinutes }: Hysteresis): number {
  return Math.max(clearSeconds, Math.min(clearSeconds * 2 ** returns, reopenMinutes * 60)) * 1000;
}
