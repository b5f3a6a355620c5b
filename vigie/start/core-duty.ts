import type { Logger } from 'pino';
import { takeTurn } from '../../warehouse/operational/turn.ts';
import type { Ending } from './ending.ts';

export interface CoreDutyOptions { connectionString: string; logger: Logger; ending: Ending; signal: AbortSignal }

/**
 * Waits until no other core works on this store: two would hold the same agents. A core whose connection to the store
 * breaks goes on, since calls do not wait; it ends when another has taken its place meanwhile.
 */
export async function holdCoreDuty({ connectionString, logger, ending, signal }: CoreDutyOptions): Promise<void> {
  let had = false;
  await new Promise<void>((resolve, reject) => {
    const turn = takeTurn({
      connectionString, duty: 'core',
      onHeld: () => {
        had = true;
        resolve();
      },
      onLost: () => undefined,
      onElsewhere: () => {
        if (had) void ending.end(new Error('another telephony core has taken over while the connection to the store was broken'));
        else logger.warn('another telephony core works on this store: waiting for its end');
      },
      onError: (error) => logger.warn({ err: error }, 'operational store'),
    });
    ending.add('core duty', () => turn.close());
    signal.addEventListener('abort', () => reject(new Error('asked to end')), { once: true });
  });
}
