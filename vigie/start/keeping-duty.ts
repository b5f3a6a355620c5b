import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { takeTurn } from '../../warehouse/operational/turn.ts';
import type { Configuration } from '../configuration.ts';
import { writeHistory } from '../history/history-file.ts';
import type { Thread } from '../threads/start.ts';
import { startClosingDays } from './closing-days.ts';
import { startCopyingIncidents } from './copy-incidents.ts';
import type { Ending } from './ending.ts';
import { startHistory, type FillingHistory } from './history.ts';
import type { WarehouseThread } from './warehouse.worker.ts';

export interface KeepingDutyOptions {
  configuration: Configuration;
  connectionString: string;
  store: OperationalStore;
  warehouse: Thread<WarehouseThread>;
  logger: Logger;
  ending: Ending;
}

const HISTORY_LOOK_MS = 2000;

/**
 * What exactly one ingest process does for all: it copies the configuration and the incidents to the warehouse, closes days and fills the
 * first history. Another takes over when it ends, is killed, or loses its connection to the store. Resolves when it is
 * known who has the duty; where it is this process, the names are there before rows are loaded.
 */
export async function holdKeepingDuty(options: KeepingDutyOptions): Promise<void> {
  const { connectionString, logger, ending } = options;
  let duty: Promise<Duty | null> = Promise.resolve(null);
  await new Promise<void>((resolve) => {
    const turn = takeTurn({
      connectionString, duty: 'keeping',
      onHeld: () => {
        logger.info('this process closes days and keeps the names');
        duty = begin(options).catch((error: unknown) => {
          logger.error({ err: error }, 'the duties of one process cannot be done');
          return null;
        });
        void duty.then(() => resolve());
      },
      onLost: () => {
        const over = duty;
        duty = Promise.resolve(null);
        void over.then((held) => held?.end()).catch((error: unknown) => logger.warn({ err: error }, 'the duties of one process did not end in order'));
      },
      onElsewhere: resolve,
      onError: (error) => logger.warn({ err: error }, 'operational store'),
    });
    ending.add('keeping duty', async () => {
      const held = await duty;
      await held?.end();
      await turn.close();
    });
  });
}

interface Duty { end(): Promise<void> }

async function begin({ configuration, store, warehouse, logger }: KeepingDutyOptions): Promise<Duty> {
  const copy = async (next: Awaited<ReturnType<OperationalStore['load']>>): Promise<void> => warehouse.remote.syncDimensions(toDimensions(next));
  await copy(await store.load());
  const unsubscribe = store.subscribe((next) => {
    copy(next).catch((error: unknown) => logger.error({ err: error }, 'a change of the configuration was not taken'));
  });
  const incidents = startCopyingIncidents({ store, warehouse: warehouse.remote, onError: (error) => logger.warn({ err: error }, 'incidents were not copied to the warehouse') });
  const closing = startClosingDays(warehouse.remote, (level, message, details) => logger[level](details, message));
  const stopping = new AbortController();
  const filling = fillHistory({ configuration, store, warehouse, logger }, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ err: error }, 'the first history stopped; it goes on at the next start');
  });
  let ended: Promise<void> | null = null;
  return {
    end() {
      ended ??= end();
      return ended;
    },
  };
  async function end(): Promise<void> {
    unsubscribe();
    stopping.abort();
    await Promise.all([closing.stop(), incidents.stop(), filling]);
  }
}

/** Waits for the core's plan, then fills what is missing of it. */
async function fillHistory({ configuration, store, warehouse, logger }: Omit<KeepingDutyOptions, 'connectionString' | 'ending'>, signal: AbortSignal): Promise<void> {
  if (!configuration.simulation) return;
  for (;; await pause(HISTORY_LOOK_MS, undefined, { signal })) {
    const plan = await store.firstHistory();
    if (!plan) continue;
    if (plan.daysDone >= plan.days.length) return;
    writeHistory(configuration.dataDirectory, { seed: plan.seed, days: plan.days, done: plan.days.slice(0, plan.daysDone), liveFromMs: plan.liveFromMs });
    const history: FillingHistory = await startHistory({
      configuration, centre: await store.load(), warehouse, logger,
      onProgress: ({ daysDone }) => void store.noteFirstHistory(daysDone).catch((error: unknown) => logger.warn({ err: error }, 'operational store')),
    });
    while (history.filling() && !signal.aborted) await pause(HISTORY_LOOK_MS, undefined, { signal }).catch(() => undefined);
    await history.end();
    return;
  }
}
