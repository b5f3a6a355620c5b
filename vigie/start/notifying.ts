import type { Logger } from 'pino';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { takeTurn } from '../../warehouse/operational/turn.ts';
import type { Configuration } from '../configuration.ts';
import { startSender, type Sender } from '../notify/sender.ts';
import type { Ending } from './ending.ts';

export interface NotifyingOptions {
  configuration: Pick<Configuration, 'notify' | 'storeUrl'>;
  store: OperationalStore;
  logger: Logger;
  ending: Ending;
}

/** Sends what is in the outbox. Of the processes that share a store one does; another takes over when it ends, is killed or loses its connection. */
export function startNotifying({ configuration: { notify, storeUrl }, store, logger, ending }: NotifyingOptions): void {
  const begin = (): Sender => startSender({ notifications: store.notifications, configuration: notify, log: (level, message, details) => logger[level](details, message) });
  if (storeUrl === null) {
    const sender = begin();
    ending.add('notifications', () => sender.end());
    return;
  }
  let sender: Sender | null = null;
  const endIt = async (): Promise<void> => {
    const over = sender;
    sender = null;
    await over?.end();
  };
  const turn = takeTurn({
    connectionString: storeUrl, duty: 'notifying',
    onHeld: () => {
      sender = begin();
    },
    // What it has in its hands is its own until its lease is over, whoever goes on with the rest.
    onLost: () => void endIt().catch((error: unknown) => logger.warn({ err: error }, 'notifications did not end in order')),
    onError: (error) => logger.warn({ err: error }, 'operational store'),
  });
  ending.add('notifications', async () => {
    await endIt();
    await turn.close();
  });
}
