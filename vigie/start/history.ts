import type { Logger } from 'pino';
import type { Configuration } from '../configuration.ts';
import { readHistory } from '../history/history-file.ts';
import { startThread, type Thread } from '../threads/start.ts';
import { doorTo } from './floor-threads.ts';
import type { HistoryStarter, HistoryThread } from './history.worker.ts';
import type { WarehouseThread } from './warehouse.worker.ts';

export interface HistoryProgress { daysDone: number; daysTotal: number }

export interface HistoryOptions {
  configuration: Configuration;
  /** The centre's configuration. */
  centre: object;
  warehouse: Thread<WarehouseThread>;
  logger: Logger;
  onProgress: (progress: HistoryProgress) => void;
}

export interface FillingHistory {
  /** Null = nothing is being filled. */
  filling(): HistoryProgress | null;
  /** Between two days; what is missing goes on at the next start. */
  end(): Promise<void>;
}

/** Fills the first history that `DATA/history.json` plans behind the live floor, or goes on with one that was interrupted. */
export async function startHistory({ configuration: { dataDirectory, centreFile }, centre, warehouse, logger, onProgress }: HistoryOptions): Promise<FillingHistory> {
  const history = readHistory(dataDirectory);
  if (!history || history.done.length >= history.days.length) return { filling: () => null, end: () => Promise.resolve() };

  let filling: HistoryProgress | null = { daysDone: history.done.length, daysTotal: history.days.length };
  const starter: HistoryStarter = {
    filling: (progress) => {
      onProgress(progress);
      filling = progress.daysDone < progress.daysTotal ? progress : null;
    },
  };
  const thread = await startThread<HistoryThread>({
    name: 'history', entry: new URL('./history.worker.ts', import.meta.url), functions: starter,
    data: { dataDirectory, centreFile, configuration: centre },
  });
  // The board lives without it: what is missing is tried again at the next start.
  void thread.remote.fill(await doorTo(warehouse)).then(
    () => {
      const done = readHistory(dataDirectory)?.done.length ?? 0;
      if (done >= history.days.length) logger.info({ days: done }, 'the first history is there');
      else logger.info({ days: done, of: history.days.length }, 'the first history goes on at the next start');
    },
    (error: unknown) => logger.error({ err: error }, 'the first history stopped; it goes on at the next start'),
  ).finally(() => {
    filling = null;
    void thread.end();
  });
  return { filling: () => filling, end: () => thread.end() };
}
