import type { Attempt, Contact } from '../contacts.ts';
import type { AttemptResult } from '../outbound-configuration.ts';
import { SYSTEM_STATUSES } from '../rows.ts';
import type { CampaignDialer } from './campaign-dialer.ts';

/** What an outbound call has beyond a call: whom it reaches, for which campaign, and what has become of it. */
export class Dial {
  readonly dialer: CampaignDialer;
  readonly contact: Contact;
  readonly startedMs: number;
  /** Somebody, or something, answered; -1 = not yet. */
  answeredMs = -1;
  /** Null = not known yet. */
  result: AttemptResult | null = null;
  callBack: Attempt['callBack'] = null;

  constructor(dialer: CampaignDialer, contact: Contact, startedMs: number) {
    this.dialer = dialer;
    this.contact = contact;
    this.startedMs = startedMs;
  }
}

const STATUSES: Record<AttemptResult, number> = {
  passed: SYSTEM_STATUSES.notQualified,
  nuisance: SYSTEM_STATUSES.abandoned,
  machine: SYSTEM_STATUSES.machine,
  busy: SYSTEM_STATUSES.busy,
  invalid: SYSTEM_STATUSES.wrongNumber,
  'no-answer': SYSTEM_STATUSES.noAnswer,
  cancelled: SYSTEM_STATUSES.noAnswer,
  interrupted: 0,
};

/** The system status of an attempt that no agent has qualified; 0 = none. */
export function attemptStatus(result: AttemptResult | null): number {
  return result === null ? 0 : STATUSES[result];
}
