import { againstTarget, type Verdict } from '../parts/verdict.ts';
import type { LiveBoard } from './live-query.ts';
import type { QueueView } from './prepare-queues.ts';
import { RATIO_SLACK } from './thresholds.ts';

export interface Figures {
  waiting: { value: number; late: number; verdict: Verdict };
  longest: { since: string | null; queue: string | null; targetSeconds: number | null; verdict: Verdict };
  /** `dialing`: on their way to a person who is called, with the contact in view or the number ringing. */
  agents: { ready: number; talking: number; ringing: number; dialing: number; wrapup: number; paused: number; loggedIn: number };
  level: Ratio;
  level30: Ratio;
  abandonment: Ratio & { count: number | null };
}
interface Ratio { value: number | null; target: number | null; verdict: Verdict }

/** The top row: each figure with what it is measured against. */
export function prepareFigures(board: LiveBoard, queues: readonly QueueView[]): Figures {
  const { totals } = board;
  const longest = queues.filter(({ longestSeconds }) => longestSeconds !== null).toSorted((a, b) => (b.longestSeconds ?? 0) - (a.longestSeconds ?? 0))[0];
  const late = queues.reduce((sum, queue) => sum + queue.lateWaiters, 0);
  const target = totals.targetServiceLevel ?? weightedTarget(queues, ({ targetServiceLevel }) => targetServiceLevel);
  const mostAbandoned = weightedTarget(queues, ({ targetAbandonmentRate }) => targetAbandonmentRate);
  const ratio = (value: number | null): Ratio => ({ value, target, verdict: againstTarget(value, target, 'up', RATIO_SLACK) });
  return {
    waiting: { value: totals.waiting, late, verdict: late > 0 ? 'bad' : 'ok' },
    longest: { since: totals.longestWaitSince, queue: longest?.name ?? null, targetSeconds: longest?.targetSeconds ?? null, verdict: longest?.wait ?? 'none' },
    agents: { ready: totals.agentsReady, talking: totals.agentsTalking, ringing: totals.agentsRinging, dialing: board.agents.filter(({ state }) => state === 'dialing' || state === 'preview').length, wrapup: totals.agentsWrapup, paused: totals.agentsPaused, loggedIn: totals.agentsLoggedIn },
    level: ratio(totals.serviceLevel),
    level30: ratio(totals.serviceLevel30),
    abandonment: { value: totals.abandonmentRate, count: totals.abandoned, target: mostAbandoned, verdict: againstTarget(totals.abandonmentRate, mostAbandoned, 'down', RATIO_SLACK) },
  };
}

/** What the total would be if each queue met its own target exactly; a target that all share needs no calls yet. */
function weightedTarget(queues: readonly QueueView[], targetOf: (queue: QueueView) => number | null): number | null {
  const known = queues.flatMap((queue) => { const target = targetOf(queue); return target === null ? [] : [{ target, queued: queue.queued ?? 0 }]; });
  const [first] = known;
  if (first && known.every(({ target }) => target === first.target)) return first.target;
  const queued = known.reduce((sum, each) => sum + each.queued, 0);
  return queued === 0 ? null : known.reduce((sum, each) => sum + each.target * each.queued, 0) / queued;
}
