import type { Contact, ContactBatch, ContactPort } from '../contacts.ts';
import { FileForecast } from './file-forecast.ts';
import type { Opening } from './opening.ts';

/** Contacts wait here at most so long: what may be dialed changes. */
const LONGEST_STAY_MS = 5 * 60_000;
/** When the port had nothing, or was away, and said nothing of later. */
const ASK_AGAIN_MS = 5_000;
/** How often the old ones are looked for. */
const AGE_EVERY_MS = 10_000;

interface Taken {
  contact: Contact;
  takenMs: number;
}

export interface StockOptions {
  port: ContactPort;
  campaign: string;
  tenant: string;
  /** May this contact be dialed at this hour of its own zone? */
  isOpen: (contact: Contact, nowMs: number) => boolean;
  /** When contacts of a zone may be dialed, `null` = of whichever zone; null = at any time. */
  hoursOf: (zone: string | null) => Opening | null;
  /** Contacts have come. */
  arrived: () => void;
}

/**
 * A campaign's contacts in the core's hands, taken ahead of need: the store answers when it can, the dialer cannot wait.
 * Hours are looked at once more when a contact leaves for its dial; what stays too long goes back.
 */
export class ContactStock {
  readonly forecast = new FileForecast();
  readonly #options: StockOptions;
  #forAll: Taken[] = [];
  readonly #forAgent = new Map<number, Taken[]>();
  #asking = false;
  #notBeforeMs = 0;
  #ageAtMs = 0;
  #zone: string | null = null;
  /** Grows when everything is given back: an answer that comes later is not wanted any more. */
  #round = 0;
  /** That the store could give besides. */
  #beyond = 0;

  constructor(options: StockOptions) {
    this.#options = options;
  }

  /** Contacts that anybody may talk to. */
  get size(): number {
    return this.#forAll.length;
  }

  /** That may be dialed now, as far as is known. */
  get left(): number {
    return this.#forAll.length + this.#beyond;
  }

  /** Asks the port when less than half of what is wanted is here. */
  want(target: number, agents: readonly number[], nowMs: number): void {
    this.#age(nowMs);
    if (this.#asking || nowMs < this.#notBeforeMs || this.#forAll.length * 2 > target) return;
    this.#asking = true;
    const round = this.#round;
    const most = target - this.#forAll.length;
    let answered = false;
    const { port, campaign, tenant } = this.#options;
    port.take({ campaign, tenant, atMs: nowMs, most, agents }, (batch) => {
      if (answered) return;
      answered = true;
      this.#asking = false;
      this.#arrive(batch, most, round, nowMs);
    });
  }

  /** The next contact for anybody; null = none may be dialed now. */
  next(nowMs: number): Contact | null {
    return this.#next(this.#forAll, nowMs);
  }

  /** The next call-back that this agent has promised. */
  nextOf(agent: number, nowMs: number): Contact | null {
    const own = this.#forAgent.get(agent);
    if (!own) return null;
    const contact = this.#next(own, nowMs);
    if (own.length === 0) this.#forAgent.delete(agent);
    return contact;
  }

  /** The contact with this number, if it is here for anybody. */
  take(number: string): Contact | null {
    const at = this.#forAll.findIndex(({ contact }) => contact.number === number);
    return at < 0 ? null : (this.#forAll.splice(at, 1)[0]?.contact ?? null);
  }

  /** It was not dialed after all: it stands first again. */
  putBack(contact: Contact, nowMs: number): void {
    if (contact.agent === 0) this.#forAll.unshift({ contact, takenMs: nowMs });
    else this.#forAgent.set(contact.agent, [{ contact, takenMs: nowMs }, ...(this.#forAgent.get(contact.agent) ?? [])]);
  }

  withdraw(numbers: ReadonlySet<string>): void {
    this.#giveBack(this.#remove(({ contact }) => numbers.has(contact.number)));
  }

  giveAllBack(): void {
    this.#round += 1;
    this.#beyond = 0;
    this.#notBeforeMs = 0;
    if (this.#forAll.length > 0 || this.#forAgent.size > 0) this.#giveBack(this.#remove(() => true));
  }

  #arrive(batch: ContactBatch | null, most: number, round: number, askedMs: number): void {
    if (!batch) {
      this.#notBeforeMs = askedMs + ASK_AGAIN_MS;
      return;
    }
    const { contacts, left, nextAtMs, files } = batch;
    // Most files have one zone; of several, that of those who are dialed now.
    this.#zone = contacts[0]?.zone ?? this.#zone;
    if (files) this.forecast.take(files, askedMs, this.#options.hoursOf(this.#zone));
    if (round !== this.#round) {
      this.#giveBack(contacts);
      return;
    }
    this.#beyond = left;
    if (contacts.length < most) this.#notBeforeMs = Math.max(askedMs + 1000, nextAtMs ?? askedMs + ASK_AGAIN_MS);
    for (const contact of contacts) {
      const taken = { contact, takenMs: askedMs };
      if (contact.agent === 0) this.#forAll.push(taken);
      else this.#forAgent.set(contact.agent, [...(this.#forAgent.get(contact.agent) ?? []), taken]);
    }
    if (contacts.length > 0) this.#options.arrived();
  }

  #next(list: Taken[], nowMs: number): Contact | null {
    for (let taken = list.shift(); taken; taken = list.shift()) {
      if (this.#options.isOpen(taken.contact, nowMs)) return taken.contact;
      this.#giveBack([taken.contact]);
    }
    return null;
  }

  #age(nowMs: number): void {
    if (nowMs < this.#ageAtMs) return;
    this.#ageAtMs = nowMs + AGE_EVERY_MS;
    const oldestMs = nowMs - LONGEST_STAY_MS;
    const isOld = ({ takenMs }: Taken): boolean => takenMs < oldestMs;
    if (this.#forAll.some(isOld) || [...this.#forAgent.values()].some((own) => own.some(isOld))) this.#giveBack(this.#remove(isOld));
  }

  #remove(which: (taken: Taken) => boolean): Contact[] {
    const removed = [...this.#forAll, ...[...this.#forAgent.values()].flat()].filter(which).map(({ contact }) => contact);
    this.#forAll = this.#forAll.filter((taken) => !which(taken));
    for (const [agent, own] of this.#forAgent) {
      const kept = own.filter((taken) => !which(taken));
      if (kept.length > 0) this.#forAgent.set(agent, kept);
      else this.#forAgent.delete(agent);
    }
    return removed;
  }

  #giveBack(contacts: readonly Contact[]): void {
    if (contacts.length > 0) this.#options.port.giveBack(this.#options.campaign, contacts);
  }
}
