import type { MessagePort } from 'node:worker_threads';
import type { Contact, ContactBatch, ContactPort, NumberRefusal, NumberRequest, TakeRequest } from '../../telephony/contacts.ts';
import type { UnsettledAttempt } from '../../warehouse/operational/contacts/contacts.ts';
import { connectPort } from '../threads/port.ts';
import type { BoundContacts } from './contact-port.ts';

/** What the store's side serves: messages come in the order in which the core sent them. */
interface ContactServer extends Pick<ContactPort, 'begin' | 'giveBack' | 'report' | 'skip'> {
  take(request: TakeRequest): Promise<ContactBatch | null>;
  takeNumber(request: NumberRequest): Promise<Contact | NumberRefusal | null>;
  settle(): Promise<void>;
  unsettled(sinceMs: number): Promise<UnsettledAttempt[]>;
  answersSince(sinceMs: number, calls?: readonly string[]): Promise<Record<string, number[]>>;
}
interface ContactListener { withdrawn(numbers: readonly string[]): void }

/** The contacts of a store in another thread. */
export interface LinkedContacts extends ContactPort {
  /** Resolves when the store has all that was said. */
  settle(): Promise<void>;
  /** See `Contacts.unsettled`: of an earlier core. */
  unsettled(sinceMs: number): Promise<UnsettledAttempt[]>;
  /** See `Contacts.answersSince`. */
  answersSince(sinceMs: number, calls?: readonly string[]): Promise<Record<string, number[]>>;
}

/** The store's side of a core in another thread. The returned function ends it. */
export function serveContacts(port: MessagePort, contacts: BoundContacts): () => void {
  const functions: ContactServer = {
    begin: (atMs) => contacts.begin(atMs),
    giveBack: (campaign, given) => contacts.giveBack(campaign, given),
    report: (attempt) => contacts.report(attempt),
    skip: (campaign, contact, agent, atMs) => contacts.skip(campaign, contact, agent, atMs),
    take: (request) => new Promise((resolve) => contacts.take(request, resolve)),
    takeNumber: (request) => new Promise((resolve) => contacts.takeNumber(request, resolve)),
    settle: () => contacts.settle(),
    unsettled: (sinceMs) => contacts.unsettled(sinceMs),
    answersSince: (sinceMs, calls) => contacts.answersSince(sinceMs, calls),
  };
  const core = connectPort<ContactListener>(port, functions);
  const stop = contacts.onWithdrawn((numbers) => void core.withdrawn.asEvent(numbers));
  port.once('close', stop);
  return () => port.close();
}

/** The core's side. What it says is sent at once and never waited for. */
export function linkContacts(port: MessagePort): LinkedContacts {
  const listeners = new Set<(numbers: readonly string[]) => void>();
  const listener: ContactListener = {
    withdrawn: (numbers) => listeners.forEach((tell) => tell(numbers)),
  };
  const store = connectPort<ContactServer>(port, listener);
  // A store's thread that has ended takes this one with it: there is nobody left to tell.
  const send = (sent: Promise<void>): void => void sent.catch(() => undefined);
  return {
    begin: (atMs) => send(store.begin.asEvent(atMs)),
    giveBack: (campaign, contacts) => send(store.giveBack.asEvent(campaign, contacts)),
    report: (attempt) => send(store.report.asEvent(attempt)),
    skip: (campaign, contact, agent, atMs) => send(store.skip.asEvent(campaign, contact, agent, atMs)),
    take: (request, answer) => void store.take(request).then(answer, () => answer(null)),
    takeNumber: (request, answer) => void store.takeNumber(request).then(answer, () => answer(null)),
    onWithdrawn(tell) {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    settle: () => store.settle(),
    unsettled: (sinceMs) => store.unsettled(sinceMs),
    answersSince: (sinceMs, calls) => store.answersSince(sinceMs, calls),
  };
}
