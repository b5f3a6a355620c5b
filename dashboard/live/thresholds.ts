import type { Reference } from '../graphql/reference-query.ts';
import type { Verdict } from '../parts/verdict.ts';
import type { LiveAgent } from './live-query.ts';

/** A ratio this far from its target (in points) is red rather than amber. */
export const RATIO_SLACK = 0.1;
/** A state that lasts this many times its limit is red rather than amber. */
const FAR_OVER = 1.5;

type Rules = Pick<Reference, 'queues' | 'pauseReasons'>;

/** Seconds that an agent may stay in the state at hand, by the rules of the call's queue or of the pause's reason; null = as long as it takes. */
export function stateLimit({ state, queue, pauseReason }: Pick<LiveAgent, 'state' | 'queue' | 'pauseReason'>, { queues, pauseReasons }: Rules): number | null {
  if (state === 'pause') return pauseReasons.find(({ code }) => code === pauseReason)?.limitSeconds ?? null;
  const rules = queues.find(({ id }) => id === queue);
  switch (state) {
    case 'ringing': return rules?.ringLimitSeconds ?? null;
    case 'talk': return rules?.talkLimitSeconds ?? null;
    case 'hold': return rules?.holdLimitSeconds ?? null;
    case 'wrapup': return rules?.wrapupLimitSeconds ?? null;
    default: return null;
  }
}

export function stateVerdict(seconds: number, limitSeconds: number | null): Verdict {
  if (limitSeconds === null) return 'none';
  if (seconds >= limitSeconds * FAR_OVER) return 'bad';
  return seconds >= limitSeconds ? 'warn' : 'ok';
}

/** A wait against its queue's target: three quarters used is a warning. */
export function waitVerdict(share: number | null): Verdict {
  if (share === null) return 'none';
  if (share >= 1) return 'bad';
  return share >= 0.75 ? 'warn' : 'ok';
}
