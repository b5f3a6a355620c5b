import { setTimeout as pause } from 'node:timers/promises';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { Attempt, Contact, ContactBatch, ContactPort, NumberRefusal, NumberRequest, TakeRequest } from '../../telephony/contacts.ts';
import { STANDARD_RECYCLING } from '../../telephony/outbound-configuration.ts';
import type { TakenContact, UnsettledAttempt } from '../../warehouse/operational/contacts/contacts.ts';
import { isRefused } from '../../warehouse/operational/contacts/refused.ts';
import type { DialingRules } from '../../warehouse/operational/contacts/rules.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { isGoodHour, placesOfNumber } from './number-places.ts';
import { dialingRules } from './rules.ts';

export interface BoundContacts extends ContactPort {
  /** See `Contacts.unsettled`: of an earlier core of this name, before {@link ContactPort.begin}. */
  unsettled(sinceMs: number): Promise<UnsettledAttempt[]>;
  /** See `Contacts.answersSince`. */
  answersSince(sinceMs: number, calls?: readonly string[]): Promise<Record<string, number[]>>;
  /** Waits until everything that was said is kept. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface ContactPortOptions {
  store: Pick<OperationalStore, 'contacts' | 'callFiles'>;
  /** The configuration of now. */
  configuration: () => CentreConfiguration;
  /** Who takes the contacts: one core at a time has this name. */
  dialer: string;
  now?: () => number;
  /** Something that the store does not take, now or ever: it is lost. */
  onError: (error: unknown) => void;
  /** The store does not answer: until {@link ContactPortOptions.onBack} nothing more is taken from it, and what is said is kept. */
  onAway: (error: unknown) => void;
  onBack: () => void;
  retryMs?: number;
  /** Leases are renewed, and withdrawn numbers looked for, so often. */
  upkeepMs?: number;
}

/** Longer than a core is away while it is started again; a living one renews it. */
const LEASE_MS = 5 * 60_000;
const SKIPPED_MS = 30 * 60_000;
/** When nothing is there now, more is looked for after this. */
const LOOK_AGAIN_MS = 30_000;
/** Of a campaign that is not configured any more: what is under way still ends. */
const NO_RULES: DialingRules = { hours: {}, holidays: [], attempts: [], lockoutSeconds: 0, recycling: STANDARD_RECYCLING, followUps: [], ownCallBackSeconds: 0 };

/** Binds the core's contacts to the operational store. What the core says is kept in its order, and again until the store has taken it. */
export function createContactPort({ store, configuration, dialer, now = Date.now, onError, onAway, onBack, retryMs = 2000, upkeepMs = 5000 }: ContactPortOptions): BoundContacts {
  const { contacts, callFiles } = store;
  const held = new Map<string, number>();
  const listeners = new Set<(numbers: readonly string[]) => void>();
  const closing = new AbortController();
  let order: Promise<unknown> = Promise.resolve();
  let away = false;
  let renewedMs = now();
  const rulesOf = (campaign: string): DialingRules => dialingRules(configuration(), campaign, now()) ?? NO_RULES;
  const failed = (error: unknown): void => {
    if (!away) onAway(error);
    away = true;
  };
  const worked = (): void => {
    if (away) onBack();
    away = false;
  };
  const timer = setInterval(() => void upkeep().catch(failed), upkeepMs);
  timer.unref();

  return {
    begin: (atMs) => keep(() => contacts.interrupt({ dialer }, atMs, rulesOf)),
    take(request, answer) {
      // Who waits here for a store that is away would get what nobody may dial any more.
      if (away) answer(null);
      else ask(() => take(request), answer);
    },
    takeNumber(request, answer) {
      if (away) answer(null);
      else ask(() => takeNumber(request), answer);
    },
    giveBack: (_campaign, given) => keep(() => contacts.giveBack(attemptsOf(given)), () => forget(given)),
    report: (attempt) => keep(() => report(attempt), () => forget([attempt.contact])),
    skip(_campaign, contact, _agent, atMs) {
      const attempt = held.get(keyOf(contact));
      if (attempt !== undefined) keep(() => contacts.skip(attempt, atMs + SKIPPED_MS), () => forget([contact]));
    },
    onWithdrawn(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    settle: async () => void (await order),
    unsettled: (sinceMs) => contacts.unsettled(dialer, sinceMs),
    answersSince: (sinceMs, calls) => contacts.answersSince(sinceMs, calls),
    async close() {
      clearInterval(timer);
      closing.abort();
      await order;
    },
  };

  /** In its turn; null = the store does not answer. */
  function ask<Answer>(question: () => Promise<Answer>, answer: (given: Answer | null) => void): void {
    order = order.then(question).catch((error: unknown) => {
      failed(error);
      return null;
    }).then(answer).catch(onError);
  }

  async function take({ campaign, atMs, most, agents }: TakeRequest): Promise<ContactBatch> {
    const rules = dialingRules(configuration(), campaign, atMs);
    if (rules === null) return { contacts: [], left: 0, nextAtMs: null };
    // After a time without the store nothing was renewed: what is dialed all the same is nobody else's.
    if (now() - renewedMs > LEASE_MS / 2) await renew();
    await contacts.interrupt({ leaseOverOf: campaign }, atMs, () => rules);
    const taken = await contacts.take({ campaign, dialer, atMs, most, leaseMs: LEASE_MS, agents, rules });
    for (const contact of taken) held.set(keyOf(contact), contact.attempt);
    const files = { open: 0, finished: 0 };
    let waiting = 0;
    for (const { status, states } of await callFiles.list({ campaign })) {
      if (status !== 'ready') continue;
      waiting += states.new + states['follow-up'] + states['call-back'];
      files.open += states['in-progress'];
      files.finished += states.done + states.exhausted + states.excluded;
    }
    files.open += waiting;
    // Who gets fewer than asked for has all that may be dialed at this hour.
    const left = taken.length < most ? 0 : waiting;
    return { contacts: taken.map(contactOf), left, nextAtMs: taken.length < most && waiting > 0 ? atMs + LOOK_AGAIN_MS : null, files };
  }

  async function takeNumber({ campaign, tenant, number, atMs }: NumberRequest): Promise<Contact | NumberRefusal> {
    const rules = dialingRules(configuration(), campaign, atMs);
    const places = placesOfNumber(number);
    if (places === null) return 'unknown';
    if (rules === null || !isGoodHour(rules, places, atMs)) return 'not-now';
    const taken = await contacts.takeNumber({ campaign, tenant, dialer, number, atMs, leaseMs: LEASE_MS, zone: places[0] ?? 'UTC', rules });
    if (typeof taken === 'string') return taken;
    held.set(keyOf(taken), taken.attempt);
    return contactOf(taken);
  }

  async function report({ campaign, contact, callId, startedMs, endedMs, result, agent, status, callBack }: Attempt): Promise<void> {
    const known = await contacts.report({ contact: contact.id, number: contact.number, dialer, callId, startedMs, endedMs, result, agent: agent === 0 ? null : agent, status, callBack }, rulesOf(campaign));
    if (!known) onError(new Error(`no attempt of contact ${contact.id} is known: the result of call ${callId} is not kept`));
  }

  /** One after the other, each until it has been done: a result that is lost would be dialed again. */
  function keep(work: () => Promise<unknown>, done: () => void = () => undefined): void {
    order = order.then(async () => {
      for (;;) {
        try {
          await work();
          worked();
          return done();
        } catch (error) {
          // It would be refused for ever, and everything behind it would wait.
          if (isRefused(error)) return onError(error);
          failed(error);
          // The lease, or the next beginning, tells what could not be told.
          if (closing.signal.aborted) return undefined;
          await pause(retryMs, undefined, { signal: closing.signal }).catch(() => undefined);
        }
      }
    });
  }

  async function upkeep(): Promise<void> {
    if (held.size === 0 && !away) return;
    await renew();
    worked();
    const numbers = await contacts.withdrawn(dialer);
    if (numbers.length > 0) for (const listener of listeners) listener(numbers);
  }

  async function renew(): Promise<void> {
    const atMs = now();
    await contacts.renew([...held.values()], atMs + LEASE_MS);
    renewedMs = atMs;
  }

  function attemptsOf(given: readonly Contact[]): number[] {
    return given.flatMap((contact) => held.get(keyOf(contact)) ?? []);
  }

  function forget(given: readonly Contact[]): void {
    for (const contact of given) held.delete(keyOf(contact));
  }
}

/** More may be said of an attempt when the next one of the same contact is under way. */
function keyOf({ id, number, attempts }: Pick<Contact, 'id' | 'number' | 'attempts'>): string {
  return `${id}/${number}/${attempts}`;
}

function contactOf({ id, number, zone, agent, attempts, name, language, secondNumber, fields }: TakenContact): Contact {
  const told = Object.entries({ name, language, secondNumber }).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  return { id, number, zone, agent: agent ?? 0, attempts, fields: { ...fields, ...Object.fromEntries(told) } };
}
