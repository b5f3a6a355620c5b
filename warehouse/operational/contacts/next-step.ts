import type { DialingRules, Result } from './rules.ts';

/** What an attempt came to, and what the contact has behind it. */
export interface Outcome {
  result: Result;
  endedMs: number;
  /** Given by the agent. */
  status: { group: number; num: number } | null;
  /** Promised by the agent; `agent` 0 = anyone will call. */
  callBack: { atMs: number; agent: number } | null;
  /** Attempts of the contact with this result, this one included. */
  sameResult: number;
}

export type NextStep =
  | { state: 'done' | 'exhausted' | 'excluded' }
  | { state: 'follow-up'; dueMs: number }
  | { state: 'call-back'; dueMs: number; agent: number | null };

/** Of the system's own statuses (group 0). */
const DO_NOT_CALL = 100;

/** Where a contact goes after an attempt: the recycling rules of its campaign, as arithmetic. */
export function nextStep(rules: Pick<DialingRules, 'recycling' | 'followUps'>, { result, endedMs, status, callBack, sameResult }: Outcome): NextStep {
  if (status?.group === 0 && status.num === DO_NOT_CALL) return { state: 'excluded' };
  if (callBack) return { state: 'call-back', dueMs: callBack.atMs, agent: callBack.agent === 0 ? null : callBack.agent };
  if (result === 'passed') {
    const followUp = status && status.group !== 0 ? rules.followUps.find(({ num }) => num === status.num) : undefined;
    return followUp ? { state: 'follow-up', dueMs: endedMs + followUp.afterSeconds * 1000 } : { state: 'done' };
  }
  const rule = rules.recycling[result];
  if (!rule || sameResult >= rule.most) return { state: 'exhausted' };
  return { state: 'follow-up', dueMs: endedMs + rule.afterSeconds * 1000 };
}
