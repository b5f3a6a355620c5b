import type { Calendar } from '../../../telephony/configuration.ts';
import { THE_PROGRAM } from '../journal.ts';
import type { IncidentType } from './catalogue.ts';
import type { IncidentBody, NewIncidentEvent, Person } from './events.ts';
import { sha256, uuidOf } from './hash-chain.ts';
import type { Touched } from './recipients.ts';
import type { Moment, Rule, RuleSet } from './rules.ts';
import type { IncidentSettings } from './settings.ts';

/** What an incident is handled by. */
export interface Handling {
  settings: IncidentSettings;
  rules: RuleSet;
  /** Null = the catalogue has it no more; it is taken for a breakdown. */
  type: Pick<IncidentType, 'breakdown'> | null;
  /** That of the incident; null = the target's clock runs always. */
  calendar: Calendar | null;
  /** Whom it touches; default: all. */
  touched?: Touched;
}

export type DutyKind = 'warn' | 'breach' | 'withdraw' | 'conference' | 'invite' | 'crisis' | 'remind-report' | 'remind-signatures' | 'tell';

/** Something that the program has to do for an incident. It is done when its events stand in the log, and what is told of it is queued with them. */
export interface Duty {
  /** Of one duty of an incident: the same for whoever does it, whenever. Its first event's id is made of it. */
  key: string;
  kind: DutyKind;
  dueAtMs: number;
  /** To append, all together. */
  events: NewIncidentEvent[];
  /** To whom and why; null = the rules say it with duties of their own. */
  telling: Telling | null;
}

export interface Telling {
  moment: Moment | 'breach-withdrawn' | 'invitation' | 'membership' | 'report-reminder' | 'signature-reminder';
  /** Null = the procedure itself. */
  rule: Rule | null;
  level: number;
  people: Person[];
  webhooks: string[];
}

/** What stands in a log in the place of a rule where the procedure itself has invited to a conference that a person called. */
export const CONFERENCE_INVITATION = 'conference-invitation';

/** The id of the event by which a duty shows in the log: two that do it at once write it once. */
export function dutyEventId(number: number, key: string): string {
  return uuidOf(sha256(`duty ${number} ${key}`));
}

export function dutyEvent(number: number, key: string, atMs: number, body: IncidentBody): NewIncidentEvent {
  return { id: dutyEventId(number, key), atMs, by: THE_PROGRAM, body };
}
