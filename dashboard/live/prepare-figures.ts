import { againstTarget, type Verdict } from '../parts/verdict.ts';
import type { LiveBoard } from './live-query.ts';
import type { QueueView } from './prepare-queues.ts';
import { ABANDONMENT_TARGET, RATIO_SLACK } from './thresholds.ts';

export interface Figures {
  waiting: { value: number; late: number; verdict: Verdict };
  longest: { since: string | null; queue: string | null; targetSeconds: number | null; verdict: Verdict };
  agents: { ready: number; talking: number; ringing: number; wrapup: number; paused: number; loggedIn: number };
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
  const target = totals.targetServiceLevel ?? weightedTarget(queues);
  const ratio = (value: number | null): Ratio => ({ value, target, verdict: againstTarget(value, target, 'up', RATIO_SLACK) });
  return {
    waiting: { value: totals.waiting, late, verdict: late > 0 ? 'bad' : 'ok' },
    longest: { since: totals.longestWaitSince, queue: longest?.name ?? null, targetSeconds: longest?.targetSeconds ?? null, verdict: longest?.wait ?? 'none' },
    agents: { ready: totals.agentsReady, talking: totals.agentsTalking, ringing: totals.agentsRinging, wrapup: totals.agentsWrapup, paused: totals.agentsPaused, loggedIn: totals.agentsLoggedIn },
    level: ratio(totals.serviceLevel),
    level30: ratio(totals.serviceLevel30),
    abandonment: { value: totals.abandonmentRate, count: totals.abandoned, target: ABANDONMENT_TARGET, verdict: againstTarget(totals.abandonmentRate, ABANDONMENT_TARGET, 'down', RATIO_SLACK) },
  };
}

/** Queues of different targets: what the total would be if each queue met its own exactly. */
function weightedTarget(queues: readonly QueueView[]): number | null {
  const queued = queues.reduce((sum, queue) => sum + (queue.queued ?? 0), 0);
  return queued === 0 ? null : queues.reduce((sum, queue) => sum + queue.targetServiceLevel * (queue.queued ?? 0), 0) / queued;
}
