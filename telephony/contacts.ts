import type { AttemptResult } from './outbound-configuration.ts';

/**
 * Where the core takes the numbers that an outbound campaign dials. The contact files live elsewhere, with their states,
 * rules and the do-not-call list; the composition binds this port to them. The core takes a few contacts ahead of need, and
 * whatever it has taken it reports or gives back.
 */
export interface ContactPort {
  /**
   * Called once, before anything else: contacts that an earlier core took and neither reported nor gave back were in its hands
   * when it died. They may have been dialed, so each of them is an attempt with the result `interrupted`.
   */
  begin(atMs: number): void;
  /**
   * Takes contacts that may be dialed now: not on the do-not-call list, within their hours, attempts, lock-outs and rules, the
   * most urgent first. A contact, and its number, that is taken is given to nobody else. The answer comes once, at once or
   * later, even if the store is away (`null`). Contacts for one agent only come while that agent is among the request's.
   */
  take(request: TakeRequest, answer: (batch: ContactBatch | null) => void): void;
  /**
   * Takes one number that an agent wants to dial by hand, by the same rules; one that stands in the campaign's files is that contact, any other
   * has the id 0. The answer comes once, at once or later, even if the store is away (`null`).
   */
  takeNumber(request: NumberRequest, answer: (taken: Contact | NumberRefusal | null) => void): void;
  /** Contacts that were not dialed: they are as if they had never been taken. */
  giveBack(campaign: string, contacts: readonly Contact[]): void;
  /** An attempt ended, or more is known of it: the same `callId` again replaces what was said before. Must not throw. */
  report(attempt: Attempt): void;
  /** Contacts passed over by an agent in preview: later, by the port's own rule. */
  skip(campaign: string, contact: Contact, agent: number, atMs: number): void;
  /** Tells of numbers that must no longer be dialed although they were taken; until the returned function is called. */
  onWithdrawn(listener: (numbers: readonly string[]) => void): () => void;
}

/** A number to dial, with what the dialer and the agent must know of it. */
export interface Contact {
  /** Row of the contact in the campaign's call file, unique in the campaign: `OdCallsRow.Indice`; 0 = a number that stands in no file. */
  id: number;
  /** As it is dialed: E.164. */
  number: string;
  /** IANA zone of the called party. */
  zone: string;
  /** A call-back promised by this agent, who is the only one to take it; 0 = anyone. */
  agent: number;
  /** Attempts before this one. */
  attempts: number;
  /** What an agent sees before and during the call. */
  fields: Readonly<Record<string, string>>;
}

export interface TakeRequest {
  /** DID. */
  campaign: string;
  tenant: string;
  atMs: number;
  most: number;
  /** Agents at work for the campaign. */
  agents: readonly number[];
}

export interface NumberRequest {
  /** DID. */
  campaign: string;
  tenant: string;
  /** E.164. */
  number: string;
  agent: number;
  atMs: number;
}

/** `busy`: it is being dialed · `not-now`: over its attempts, locked out, or outside its hours · `unknown`: no number that exists. */
export type NumberRefusal = 'do-not-call' | 'busy' | 'not-now' | 'unknown';

export interface ContactBatch {
  /** Fewer than asked for: there are no more now. */
  contacts: readonly Contact[];
  /** That may be dialed now, beyond these. */
  left: number;
  /** When more may be there, epoch ms; null = nobody knows. */
  nextAtMs: number | null;
  /** The campaign's files as a whole: contacts that may still be dialed, now or later, these included, and those that are finished. */
  files?: { open: number; finished: number };
}

export interface Attempt {
  campaign: string;
  tenant: string;
  contact: Contact;
  /** `OdCallsRow.ID`. */
  callId: string;
  startedMs: number;
  endedMs: number;
  /** As it was known at the dial: of one that passed, the agent's status may say that nobody was there, see `heardInstead`. */
  result: AttemptResult;
  /** 0 = none. */
  agent: number;
  /** Given by the agent; null = not yet, or never. */
  status: { group: number; num: number; detail: number } | null;
  /** The agent promised to call back; `agent` 0 = anyone will. */
  callBack: { atMs: number; agent: number } | null;
}
