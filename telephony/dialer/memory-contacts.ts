import type { Calendar, Outbound } from '../configuration.ts';
import type { Attempt, Contact, ContactBatch, ContactPort, NumberRefusal, NumberRequest, TakeRequest } from '../contacts.ts';
import { Opening } from '../core/opening.ts';
import { ZoneOffsets } from '../core/zone-offsets.ts';
import { STANDARD_RECYCLING, type AttemptResult } from '../outbound-configuration.ts';
import { heardInstead, SYSTEM_STATUSES } from '../rows.ts';
import { DueList } from './due-list.ts';

const DAY_MS = 86_400_000;
/** A contact that may not be dialed although it is due is looked at again after this. */
const LOOK_AGAIN_MS = 60_000;
/** Outside the hours of its zone. */
const CLOSED_REST_MS = 300_000;
const SKIPPED_REST_MS = 3_600_000;

export type ContactState = 'new' | 'taken' | 'resting' | 'call-back' | 'follow-up' | 'done' | 'exhausted' | 'excluded';

export interface MemoryContact extends Omit<Contact, 'agent' | 'attempts'> {
  /** Larger is dialed first. */
  priority?: number;
}

export interface MemoryCampaign {
  settings: Outbound;
  calendar: Calendar | null;
  contacts: readonly MemoryContact[];
}

interface Known {
  readonly campaign: Campaign;
  readonly contact: Contact;
  state: ContactState;
  /** Before it was taken. */
  before: ContactState;
  agent: number;
  /** When the call-back is due that this agent promised. */
  promisedMs: number;
  attempts: number;
  results: Partial<Record<AttemptResult, number>>;
}

interface Campaign {
  readonly settings: Outbound;
  /** Of its calendar. */
  readonly zone: string;
  readonly isOpen: (zone: string, nowMs: number) => boolean;
  /** Never dialed, by zone: the last one is the next one. */
  readonly fresh: Map<string, Known[]>;
  readonly due: DueList<Known>;
  readonly byId: Map<number, Known>;
}

/**
 * Contact files in memory, for the simulated floor and for tests: every rule of {@link ContactPort}, answers at once.
 * Nothing outlives the object; a new core on the same object finds what the last one left.
 */
export class MemoryContacts implements ContactPort {
  readonly #campaigns = new Map<string, Campaign>();
  readonly #doNotCall: Set<string>;
  readonly #taken = new Map<string, Known>();
  readonly #strangers = new Map<string, Known>();
  /** Starts of the attempts of each number, oldest first, and until when it must be left alone. */
  readonly #numbers = new Map<string, { startsMs: number[]; lockedUntilMs: number }>();
  readonly #calls = new Map<string, AttemptResult>();
  readonly #listeners = new Set<(numbers: readonly string[]) => void>();

  constructor(campaigns: Readonly<Record<string, MemoryCampaign>>, doNotCall: Iterable<string> = []) {
    this.#doNotCall = new Set(doNotCall);
    for (const [did, { settings, calendar, contacts }] of Object.entries(campaigns)) {
      const openings = new Map<string, Opening>();
      const campaign: Campaign = {
        settings, zone: calendar?.zone ?? 'UTC', fresh: new Map(), due: new DueList(), byId: new Map(),
        isOpen(zone, nowMs) {
          if (!calendar) return true;
          let opening = openings.get(zone);
          if (!opening) openings.set(zone, (opening = new Opening(calendar, new ZoneOffsets(zone))));
          return opening.isOpen(nowMs);
        },
      };
      this.#campaigns.set(did, campaign);
      for (const { priority: _priority, ...contact } of [...contacts].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0) || b.id - a.id)) {
        const known = newContact(campaign, contact);
        campaign.byId.set(contact.id, known);
        const fresh = campaign.fresh.get(contact.zone);
        if (fresh) fresh.push(known);
        else campaign.fresh.set(contact.zone, [known]);
      }
    }
  }

  /** Contacts of a campaign by state. */
  states(did: string): Partial<Record<ContactState, number>> {
    const states: Partial<Record<ContactState, number>> = {};
    for (const { state } of this.#campaigns.get(did)?.byId.values() ?? []) states[state] = (states[state] ?? 0) + 1;
    return states;
  }

  /** Puts a number on the do-not-call list, also while the core holds it. */
  forbid(number: string): void {
    this.#doNotCall.add(number);
    for (const listener of this.#listeners) listener([number]);
  }

  begin(atMs: number): void {
    for (const known of this.#taken.values()) this.#attempted(known, 'interrupted', atMs, atMs);
    this.#taken.clear();
  }

  take({ campaign: did, atMs, most, agents }: TakeRequest, answer: (batch: ContactBatch | null) => void): void {
    const campaign = this.#campaigns.get(did);
    const contacts: Contact[] = [];
    if (!campaign) {
      answer({ contacts, left: 0, nextAtMs: null });
      return;
    }
    while (contacts.length < most) {
      const known = campaign.due.shift(atMs);
      if (!known) break;
      // The agent who promised it may have left.
      if (atMs >= known.promisedMs + campaign.settings.ownCallBackSeconds * 1000) known.agent = 0;
      const isAway = known.agent !== 0 && !agents.includes(known.agent);
      const againMs = !campaign.isOpen(known.contact.zone, atMs) ? atMs + CLOSED_REST_MS : isAway ? atMs + LOOK_AGAIN_MS : 0;
      this.#consider(known, atMs, againMs, contacts);
    }
    let left = 0;
    for (const [zone, fresh] of campaign.fresh) {
      if (!campaign.isOpen(zone, atMs)) continue;
      while (contacts.length < most) {
        const known = fresh.pop();
        if (!known) break;
        this.#consider(known, atMs, 0, contacts);
      }
      left += fresh.length;
    }
    answer({ contacts, left, nextAtMs: left > 0 ? null : campaign.due.nextMs });
  }

  takeNumber({ campaign: did, number, atMs }: NumberRequest, answer: (taken: Contact | NumberRefusal | null) => void): void {
    const campaign = this.#campaigns.get(did);
    if (!campaign) return answer('not-now');
    const known = [...campaign.byId.values()].find(({ contact }) => contact.number === number) ?? this.#stranger(campaign, number);
    if (this.#doNotCall.has(number)) return answer('do-not-call');
    if (this.#taken.has(number)) return answer('busy');
    if (!campaign.isOpen(known.contact.zone, atMs) || this.#allowedAtMs(known, atMs) > atMs) return answer('not-now');
    campaign.due.remove(known);
    const fresh = campaign.fresh.get(known.contact.zone);
    if (known.state === 'new' && fresh) fresh.splice(fresh.indexOf(known), 1);
    this.#take(known);
    answer({ ...known.contact, attempts: known.attempts });
  }

  giveBack(did: string, contacts: readonly Contact[]): void {
    for (const contact of contacts) {
      const known = this.#known(did, contact);
      if (!known || known.state !== 'taken') continue;
      this.#taken.delete(known.contact.number);
      known.state = known.before;
      if (known.contact.id === 0) continue;
      if (known.state === 'new') known.campaign.fresh.get(known.contact.zone)?.push(known);
      else known.campaign.due.add(known, 0);
    }
  }

  report({ campaign: did, contact, callId, startedMs, endedMs, result, status, callBack }: Attempt): void {
    const known = this.#known(did, contact);
    if (!known) return;
    const heard = heardInstead(status) ?? result;
    if (!this.#calls.has(callId)) {
      this.#taken.delete(contact.number);
      this.#attempted(known, heard, startedMs, endedMs);
    } else if (heard !== this.#calls.get(callId)) this.#rest(known, heard, endedMs);
    this.#calls.set(callId, heard);
    const followUp = status && status.group !== 0 ? known.campaign.settings.followUps.find(({ num }) => num === status.num) : undefined;
    if (status?.group === 0 && status.num === SYSTEM_STATUSES.doNotCall) {
      this.forbid(contact.number);
      this.#set(known, 'excluded', null);
    } else if (callBack) {
      known.agent = callBack.agent;
      known.promisedMs = callBack.atMs;
      this.#set(known, 'call-back', callBack.atMs);
    } else if (followUp) this.#set(known, 'follow-up', endedMs + followUp.afterSeconds * 1000);
  }

  skip(did: string, contact: Contact, _agent: number, atMs: number): void {
    const known = this.#campaigns.get(did)?.byId.get(contact.id);
    if (!known) return;
    this.#taken.delete(contact.number);
    this.#set(known, 'resting', atMs + SKIPPED_REST_MS);
  }

  onWithdrawn(listener: (numbers: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes it, or lets it rest until it may be dialed. */
  #consider(known: Known, nowMs: number, againMs: number, into: Contact[]): void {
    const { number } = known.contact;
    if (this.#doNotCall.has(number)) {
      this.#set(known, 'excluded', null);
      return;
    }
    const mayAtMs = Math.max(againMs, this.#taken.has(number) ? nowMs + LOOK_AGAIN_MS : 0, this.#allowedAtMs(known, nowMs));
    if (mayAtMs > nowMs) {
      this.#set(known, known.state === 'new' ? 'resting' : known.state, mayAtMs);
      return;
    }
    this.#take(known);
    into.push({ ...known.contact, agent: known.agent, attempts: known.attempts });
  }

  #take(known: Known): void {
    known.before = known.state;
    known.state = 'taken';
    this.#taken.set(known.contact.number, known);
  }

  #known(did: string, { id, number }: Pick<Contact, 'id' | 'number'>): Known | null {
    return (id === 0 ? this.#strangers.get(number) : this.#campaigns.get(did)?.byId.get(id)) ?? null;
  }

  /** A number of no file, in the zone of the campaign's hours: it is never dialed by itself. */
  #stranger(campaign: Campaign, number: string): Known {
    const known = this.#strangers.get(number) ?? newContact(campaign, { id: 0, number, zone: campaign.zone, fields: {} });
    this.#strangers.set(number, known);
    return known;
  }

  /** When lock-out and limits of attempts let the number be dialed. */
  #allowedAtMs({ campaign, contact }: Known, nowMs: number): number {
    const number = this.#numbers.get(contact.number);
    if (!number) return nowMs;
    let atMs = Math.max(nowMs, number.lockedUntilMs);
    for (const { most, days } of campaign.settings.attempts) {
      const oldest = number.startsMs.at(-most);
      if (oldest !== undefined) atMs = Math.max(atMs, oldest + days * DAY_MS + 1);
    }
    return atMs;
  }

  #attempted(known: Known, result: AttemptResult, startedMs: number, endedMs: number): void {
    known.attempts += 1;
    known.agent = 0;
    const number = this.#numbers.get(known.contact.number) ?? { startsMs: [], lockedUntilMs: 0 };
    number.startsMs.push(startedMs);
    if (result === 'nuisance') number.lockedUntilMs = endedMs + known.campaign.settings.lockoutSeconds * 1000;
    this.#numbers.set(known.contact.number, number);
    this.#rest(known, result, endedMs);
  }

  #rest(known: Known, result: AttemptResult, endedMs: number): void {
    if (result === 'passed') {
      this.#set(known, 'done', null);
      return;
    }
    const count = (known.results[result] ?? 0) + 1;
    known.results[result] = count;
    const { afterSeconds, most } = known.campaign.settings.recycling[result] ?? STANDARD_RECYCLING[result];
    if (count >= most) this.#set(known, 'exhausted', null);
    else this.#set(known, 'resting', endedMs + afterSeconds * 1000);
  }

  #set(known: Known, state: ContactState, dueMs: number | null): void {
    known.state = state;
    known.campaign.due.remove(known);
    if (dueMs !== null && known.contact.id !== 0) known.campaign.due.add(known, dueMs);
  }
}

function newContact(campaign: Campaign, contact: Omit<MemoryContact, 'priority'>): Known {
  return { campaign, contact: { ...contact, agent: 0, attempts: 0 }, state: 'new', before: 'new', agent: 0, promisedMs: 0, attempts: 0, results: {} };
}
