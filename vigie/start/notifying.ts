import type { Logger } from 'pino';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { takeTurn } from '../../warehouse/operational/turn.ts';
import type { Configuration } from '../configuration.ts';
import { startPruning } from '../notify/pruning.ts';
import { startSender } from '../notify/sender.ts';
import type { Ending } from './ending.ts';

export interface NotifyingOptions {
  configuration: Pick<Configuration, 'notify' | 'storeUrl' | 'notificationsKeptDays'>;
  store: OperationalStore;
  logger: Logger;
  ending: Ending;
}

interface Duty { end(): Promise<void> }

/** Sends what is in the outbox, and takes away what was told long ago. Of the processes that share a store one does; another takes over when it ends, is killed or loses its connection. */
export function startNotifying({ configuration: { notify, storeUrl, notificationsKeptDays: keptDays }, store, logger, ending }: NotifyingOptions): void {
  const { notifications } = store;
  const begin = (): Duty => {
    const sender = startSender({ notifications, configuration: notify, log: (level, message, details) => logger[level](details, message) });
    const pruning = keptDays === null ? null : startPruning({ notifications, keptDays, onError: (error) => logger.warn({ err: error }, 'old notifications are not taken away') });
    return {
      async end() {
        await Promise.all([sender.end(), pruning?.end()]);
      },
    };
  };
  if (storeUrl === null) {
    const held = begin();
    ending.add('notifications', () => held.end());
    return;
  }
  let held: Duty | null = null;
  const endIt = async (): Promise<void> => {
    const over = held;
    held = null;
    await over?.end();
  };
  const turn = takeTurn({
    connectionString: storeUrl, duty: 'notifying',
    onHeld: () => {
      held = begin();
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
