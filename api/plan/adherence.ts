import type { AgentState } from '../../telephony/rows.ts';
import type { PlannedActivity, ShiftActivities } from './activities.ts';

export interface Stretch { fromMs: number; toMs: number }
/** A state that an agent was in; `reason` of a pause. */
export interface LivedState extends Stretch { state: AgentState; reason: string }

/**
 * How an agent left the plan: not logged in for the whole shift, at its beginning, at its end or in between; a pause
 * longer than planned, another pause than planned, and work where a pause was planned.
 */
export const DEVIATIONS = ['absent', 'late', 'left-early', 'away', 'pause-overrun', 'unplanned-pause', 'worked-pause'] as const;
export type DeviationKind = (typeof DEVIATIONS)[number];
export interface Deviation extends Stretch { kind: DeviationKind }
export interface ComparedActivity extends PlannedActivity { deviations: Deviation[] }
export interface Compared {
  activities: ComparedActivity[];
  /** Planned time up to now of which the agent's state is known. */
  scheduledMs: number;
  /** Of it, the time in a state that the plan asked for. */
  adherentMs: number;
}

/** Work is every state but a pause, logged out and unknown. */
const NOT_WORK: ReadonlySet<AgentState> = new Set(['pause', 'logged_out', 'unknown']);

/**
 * What was lived, against what was planned. Adherence = adherentMs / scheduledMs (ADH of the metric dictionary: seconds in
 * adherence / seconds scheduled). In adherence is work where work is planned, and a pause of the planned reason (or of none:
 * not every source tells it) where a pause is planned. Time outside the shifts counts for nothing; unknown time counts
 * neither as planned nor as kept. Nothing after `untilMs` is compared: a running day counts up to now.
 *
 * @param unknown when nothing can be said of anybody, e.g. the floor was not running.
 */
export function compareWithPlan(shifts: readonly ShiftActivities[], states: readonly LivedState[], untilMs: number, unknown: readonly Stretch[] = []): Compared {
  const compared: Compared = { activities: [], scheduledMs: 0, adherentMs: 0 };
  for (const shift of shifts) {
    const lived = livedThrough(shift.fromMs, Math.min(shift.toMs, untilMs), states, unknown);
    const loggedIn = lived.filter(({ state }) => state !== 'logged_out' && state !== 'unknown');
    const presence = { firstMs: loggedIn[0]?.fromMs ?? null, lastMs: loggedIn.at(-1)?.toMs ?? null, over: untilMs >= shift.toMs };
    let next = 0;
    for (const activity of shift.activities) {
      const deviations: Deviation[] = [];
      for (; next < lived.length; next += 1) {
        const state = lived[next];
        if (!state || state.fromMs >= activity.toMs) break;
        const fromMs = Math.max(state.fromMs, activity.fromMs);
        const toMs = Math.min(state.toMs, activity.toMs);
        if (state.state !== 'unknown') {
          const kind = deviationOf(activity, state, presence);
          compared.scheduledMs += toMs - fromMs;
          if (kind === null) compared.adherentMs += toMs - fromMs;
          else extend(deviations, { kind, fromMs, toMs });
        }
        // The rest of it lies in the next activity.
        if (state.toMs > activity.toMs) break;
      }
      compared.activities.push({ ...activity, deviations });
    }
  }
  return compared;
}

interface Presence { firstMs: number | null; lastMs: number | null; over: boolean }

function deviationOf({ kind, reason, fromMs }: PlannedActivity, lived: LivedState, { firstMs, lastMs, over }: Presence): DeviationKind | null {
  if (lived.state === 'logged_out') {
    if (firstMs === null || lastMs === null) return over ? 'absent' : 'late';
    if (lived.toMs <= firstMs) return 'late';
    return over && lived.fromMs >= lastMs ? 'left-early' : 'away';
  }
  if (!NOT_WORK.has(lived.state)) return kind === 'work' ? null : 'worked-pause';
  if (kind === 'work') return lived.fromMs < fromMs ? 'pause-overrun' : 'unplanned-pause';
  return lived.reason === reason || lived.reason === '' ? null : 'unplanned-pause';
}

function extend(deviations: Deviation[], next: Deviation): void {
  const last = deviations.at(-1);
  if (last?.kind === next.kind && last.toMs === next.fromMs) last.toMs = next.toMs;
  else deviations.push(next);
}

/** A stretch of time without holes: states one at a time (the earlier one first), logged out where there is none, unknown where nobody knows. */
function livedThrough(fromMs: number, toMs: number, states: readonly LivedState[], unknown: readonly Stretch[]): LivedState[] {
  const lived: LivedState[] = [];
  let atMs = fromMs;
  const put = (state: AgentState, reason: string, untilMs: number): void => {
    const end = Math.min(untilMs, toMs);
    if (end <= atMs) return;
    lived.push({ state, reason, fromMs: atMs, toMs: end });
    atMs = end;
  };
  const putNothing = (untilMs: number): void => {
    for (const hole of unknown) {
      if (hole.toMs <= atMs || hole.fromMs >= untilMs) continue;
      put('logged_out', '', hole.fromMs);
      put('unknown', '', Math.min(hole.toMs, untilMs));
    }
    put('logged_out', '', untilMs);
  };
  for (const { state, reason, fromMs: begin, toMs: end } of states.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (end <= atMs || state === 'logged_out') continue;
    putNothing(begin);
    put(state, reason, end);
  }
  putNothing(toMs);
  return lived;
}
