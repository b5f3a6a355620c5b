import { setTimeout as pause } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { serveContacts } from '../outbound/contact-link.ts';
import { createContactPort } from '../outbound/contact-port.ts';
import type { Ending } from './ending.ts';

/** One core at a time works on a store: whatever an earlier one of this name held is the next one's to end. */
const DIALER = 'core';
const LONGEST_CLOSE_MS = 5000;

export interface ContactsOptions {
  store: OperationalStore;
  /** The configuration of now. */
  configuration: () => CentreConfiguration;
  logger: Logger;
  ending: Ending;
}

/** The call files of a store, for a core in another thread; to be opened before the core, so that they end after it. */
export function openContacts({ store, configuration, logger, ending }: ContactsOptions): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const contacts = createContactPort({
    store, configuration, dialer: DIALER,
    onError: (error) => logger.error({ err: error }, 'the call files do not take what the dialer says'),
    onAway: (error) => logger.warn({ err: error }, 'the call files do not answer: what was taken is dialed, results are kept and sent again'),
    onBack: () => logger.info('the call files answer again'),
  });
  const stop = serveContacts(port1, contacts);
  ending.add('contacts', async () => {
    await Promise.race([contacts.close(), pause(LONGEST_CLOSE_MS, undefined, { ref: false })]);
    stop();
  });
  return port2;
}
