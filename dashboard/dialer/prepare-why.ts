import type { Dialer, DialingMode } from './dialer-query.ts';

/** Which sentence says why it dials as it does. */
export type WhyKey = 'PAUSED' | 'STOPPED' | 'MANUAL' | 'PREVIEW' | 'unknown' | 'RISK' | 'WAITING' | 'WARM_UP' | 'BUDGET' | 'CHANGE' | 'AGENTS' | 'CONTACTS' | 'LINES' | 'LEVEL' | 'PROGRESSIVE';

/** The rule that bound the last decision; what is not dialing, or dialed by hand, is said instead. */
export function whyKey({ state, mode, why }: Pick<Dialer, 'state' | 'mode' | 'why'>): WhyKey {
  if (state !== 'RUNNING') return state;
  if (byHand(mode)) return mode;
  if (!why) return mode === 'PROGRESSIVE' ? mode : 'unknown';
  if (why.bound === 'RISK' && (why.risk ?? 0) > (why.riskAllowed ?? 1)) return 'WAITING';
  return why.bound === 'LEVEL' && mode === 'PROGRESSIVE' ? mode : why.bound;
}

export function byHand(mode: DialingMode): mode is 'MANUAL' | 'PREVIEW' {
  return mode === 'MANUAL' || mode === 'PREVIEW';
}

export interface Fact { id: 'answerShare' | 'answerSeconds' | 'talkSeconds' | 'wrapupSeconds' | 'expectedAnswers' | 'expectedFree' | 'expectedDrops' | 'expectedIdle' | 'risk' | 'riskAllowed' | 'nuisanceLeft'; value: number; unit: 'share' | 'seconds' | 'number' }

const FACTS: [Fact['id'], Fact['unit']][] = [
  ['answerShare', 'share'], ['answerSeconds', 'seconds'], ['talkSeconds', 'seconds'], ['wrapupSeconds', 'seconds'],
  ['expectedAnswers', 'number'], ['expectedFree', 'number'], ['expectedDrops', 'number'], ['expectedIdle', 'number'],
  ['risk', 'share'], ['riskAllowed', 'share'], ['nuisanceLeft', 'number'],
];

/** What the decision was made from, in the order in which it is read; what the mode does not estimate is left out. */
export function prepareFacts({ why, state }: Pick<Dialer, 'why' | 'state'>): Fact[] {
  if (!why || state !== 'RUNNING') return [];
  return FACTS.flatMap(([id, unit]) => {
    const value = why[id];
    return value === null ? [] : [{ id, value, unit }];
  });
}
