import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SightCheck } from '../../api/http/health.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { takeTurn } from '../../warehouse/operational/turn.ts';
import type { Configuration } from '../configuration.ts';
import { writeHistory } from '../history/history-file.ts';
import type { Thread } from '../threads/start.ts';
import { startClosingDays } from './closing-days.ts';
import { startCopyingConfiguration, type CopyingPauses } from './copy-configuration.ts';
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
  pauses?: CopyingPauses;
}

const HISTORY_LOOK_MS = 2000;

/**
 * What exactly one ingest process does for all: it copies the configuration and the incidents to the warehouse, closes days and fills the
 * first history. Another takes over when it ends, is killed, or loses its connection to the store. Resolves when it is
 * known who has the duty; where it is this process, the names are there before rows are loaded, or their first copy has failed: all
 * else begins when one is taken.
 * @returns whether the duty, where it is this process's, is done.
 */
export async function holdKeepingDuty(options: KeepingDutyOptions): Promise<SightCheck> {
  const { connectionString, logger, ending } = options;
  let duty: Duty | null = null;
  await new Promise<void>((resolve) => {
    const turn = takeTurn({
      connectionString, duty: 'keeping',
      onHeld: () => {
        logger.info('this process closes days and keeps the names');
        duty = begin(options);
        void duty.tried.then(resolve);
      },
      onLost: () => {
        const over = duty;
        duty = null;
        over?.end().catch((error: unknown) => logger.warn({ err: error }, 'the duties of one process did not end in order'));
      },
      onElsewhere: resolve,
      onError: (error) => logger.warn({ err: error }, 'operational store'),
    });
    ending.add('keeping duty', async () => {
      await duty?.end();
      await turn.close();
    });
  });
  return () => duty?.sight() ?? '';
}

interface Duty {
  /** Settles when names are there, or could not be copied at once. */
  readonly tried: Promise<void>;
  readonly sight: SightCheck;
  end(): Promise<void>;
}

/** Days are closed by the names, and rows of the history find their clients by them: these come first. */
function begin(options: KeepingDutyOptions): Duty {
  const { store, warehouse, logger, pauses } = options;
  let others: { end(): Promise<void> } | null = null;
  let ended: Promise<void> | null = null;
  const names = startCopyingConfiguration({
    store, warehouse: warehouse.remote, logger, ...pauses, onTaken: () => { others = beginOthers(options); },
  });
  return {
    tried: names.tried,
    sight: names.sight,
    end() {
      ended ??= Promise.all([names.stop(), others?.end()]).then(() => undefined);
      return ended;
    },
  };
}

function beginOthers({ configuration, store, warehouse, logger }: KeepingDutyOptions): { end(): Promise<void> } {
  const incidents = startCopyingIncidents({ store, warehouse: warehouse.remote, onError: (error) => logger.warn({ err: error }, 'incidents were not copied to the warehouse') });
  const closing = startClosingDays(warehouse.remote, (level, message, details) => logger[level](details, message));
  const stopping = new AbortController();
  const filling = fillHistory({ configuration, store, warehouse, logger }, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ err: error }, 'the first history stopped; it goes on at the next start');
  });
  return {
    async end() {
      stopping.abort();
      await Promise.all([closing.stop(), incidents.stop(), filling]);
    },
  };
}

/** Waits for the core's plan, then fills what is missing of it. */
async function fillHistory({ configuration, store, warehouse, logger }: Pick<KeepingDutyOptions, 'configuration' | 'store' | 'warehouse' | 'logger'>, signal: AbortSignal): Promise<void> {
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
