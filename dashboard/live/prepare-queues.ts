import type { Reference } from '../graphql/reference-query.ts';
import { againstTarget, type Verdict } from '../parts/verdict.ts';
import type { LiveQueue } from './live-query.ts';
import { RATIO_SLACK, waitVerdict } from './thresholds.ts';

type QueueRules = Pick<Reference['queues'][number], 'id' | 'tenant' | 'targetAbandonmentRate'>;

export interface QueueView extends LiveQueue {
  longestSeconds: number | null;
  /** Share of the target that the longest waiter has used; null = nobody waits. */
  share: number | null;
  wait: Verdict;
  /** Not to pass; null = nobody told one. */
  targetAbandonmentRate: number | null;
  level: Verdict;
  level30: Verdict;
  abandonment: Verdict;
  /** Waiting beyond the target. */
  lateWaiters: number;
}

/** Queues by who needs help: the share of the target already used, then the longest wait, then the name. */
export function prepareQueues(queues: readonly LiveQueue[], nowMs: number, rules: readonly QueueRules[]): QueueView[] {
  const targets = new Map(rules.map(({ id, tenant, targetAbandonmentRate }) => [`${tenant}/${id}`, targetAbandonmentRate]));
  return queues.map((queue) => view(queue, targets.get(`${queue.tenant}/${queue.queue}`) ?? null, nowMs)).toSorted((a, b) =>
    (b.share ?? -1) - (a.share ?? -1) || (b.longestSeconds ?? -1) - (a.longestSeconds ?? -1) || Number(b.open) - Number(a.open) || a.name.localeCompare(b.name));
}

/** Keeps the rows where they are while someone points at them; new ones go to the end. */
export function keepOrder<T>(items: readonly T[], idOf: (item: T) => string, held: readonly string[] | null): T[] {
  if (!held) return [...items];
  const place = new Map(held.map((id, at) => [id, at]));
  return items.toSorted((a, b) => (place.get(idOf(a)) ?? held.length) - (place.get(idOf(b)) ?? held.length));
}

function view(queue: LiveQueue, targetAbandonmentRate: number | null, nowMs: number): QueueView {
  const waited = (since: string) => Math.max(0, (nowMs - Date.parse(since)) / 1000);
  const longestSeconds = queue.longestWaitSince === null ? null : waited(queue.longestWaitSince);
  // Nobody can act on a closed queue's day any more.
  const act = (verdict: Verdict): Verdict => (queue.open ? verdict : 'none');
  const share = longestSeconds === null ? null : longestSeconds / Math.max(1, queue.targetSeconds);
  return {
    ...queue,
    longestSeconds,
    targetAbandonmentRate,
    share,
    wait: waitVerdict(share),
    level: act(againstTarget(queue.serviceLevel, queue.targetServiceLevel, 'up', RATIO_SLACK)),
    level30: act(againstTarget(queue.serviceLevel30, queue.targetServiceLevel, 'up', RATIO_SLACK)),
    abandonment: act(againstTarget(queue.abandonmentRate, targetAbandonmentRate, 'down', RATIO_SLACK)),
    lateWaiters: queue.waiters.filter(({ since }) => waited(since) > queue.targetSeconds).length,
  };
}
