import type { ProgressPort } from '../../api/ports.ts';
import { planHistory, readHistory, writeHistory } from '../history/history-file.ts';
import type { Thread } from '../threads/start.ts';
import type { CoreThread } from './core.worker.ts';
import type { Ending } from './ending.ts';
import { startHistory, type HistoryOptions } from './history.ts';

export interface FirstHistoryOptions extends Omit<HistoryOptions, 'onProgress'> {
  core: Thread<CoreThread>;
  ending: Ending;
  /** The warehouse held nothing before the floor went live: only then a history is made. */
  empty: boolean;
}

/** The first history behind the core of this process. */
export async function startFirstHistory({ core, ending, empty, ...options }: FirstHistoryOptions): Promise<ProgressPort> {
  const { configuration: { dataDirectory, historyDays, seed }, logger } = options;
  if (empty && !readHistory(dataDirectory)) writeHistory(dataDirectory, planHistory(await core.remote.startedMs(), historyDays, seed));
  const history = await startHistory({
    ...options,
    onProgress: ({ daysDone }) => {
      if (touchesToday(daysDone)) void core.remote.recount().catch((error: unknown) => logger.warn({ err: error }, "the agents' figures do not count the first history"));
    },
  });
  ending.add('history', () => history.end());
  return history;
}

/** The site's today may have begun in the UTC day before. */
export function touchesToday(daysDone: number): boolean {
  return daysDone > 0 && daysDone <= 2;
}
