import { MessageChannel } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { ProgressPort } from '../../api/ports.ts';
import type { Configuration } from '../configuration.ts';
import { planHistory, readHistory, writeHistory } from '../history/history-file.ts';
import { startThread, type Thread } from '../threads/start.ts';
import type { CoreThread } from './core.worker.ts';
import type { Ending } from './ending.ts';
import type { HistoryStarter, HistoryThread } from './history.worker.ts';
import type { WarehouseThread } from './warehouse.worker.ts';

export interface HistoryOptions {
  configuration: Configuration;
  /** The centre's configuration. */
  centre: object;
  warehouse: Thread<WarehouseThread>;
  core: Thread<CoreThread>;
  logger: Logger;
  ending: Ending;
  /** The warehouse held nothing before the floor went live: only then a history is made. */
  empty: boolean;
}

/** Fills the first history behind the live floor, or goes on with one that was interrupted. */
export async function startHistory({ configuration, centre, warehouse, core, logger, ending, empty }: HistoryOptions): Promise<ProgressPort> {
  const { dataDirectory } = configuration;
  if (empty && !readHistory(dataDirectory)) writeHistory(dataDirectory, planHistory(await core.remote.startedMs(), configuration.historyDays, configuration.seed));
  const history = readHistory(dataDirectory);
  if (!history || history.done.length >= history.days.length) return { filling: () => null };

  let filling: { daysDone: number; daysTotal: number } | null = { daysDone: history.done.length, daysTotal: history.days.length };
  const starter: HistoryStarter = {
    filling: (progress) => {
      // The site's today may have begun in the UTC day before.
      if (progress.daysDone > 0 && progress.daysDone <= 2) void core.remote.recount().catch((error: unknown) => logger.warn({ err: error }, 'the agents\' figures do not count the first history'));
      filling = progress.daysDone < progress.daysTotal ? progress : null;
    },
  };
  const thread = await startThread<HistoryThread>({
    name: 'history', entry: new URL('./history.worker.ts', import.meta.url), functions: starter,
    data: { dataDirectory, centreFile: configuration.centreFile, configuration: centre },
  });
  ending.add('history', () => thread.end());
  const { port1, port2 } = new MessageChannel();
  await warehouse.remote.serve(port1);
  // The board lives without it: what is missing is tried again at the next start.
  void thread.remote.fill(port2).then(
    () => logger.info({ days: history.days.length }, 'the first history is there'),
    (error: unknown) => logger.error({ err: error }, 'the first history stopped; it goes on at the next start'),
  ).finally(() => {
    filling = null;
    void thread.end();
  });
  return { filling: () => filling };
}
