import { constants, setPriority } from 'node:os';
import { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { centreConfigurationSchema } from '../../telephony/configuration.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { importsFolder } from '../data-directory/left-overs.ts';
import { fillHistory } from '../history/fill.ts';
import { readHistory } from '../history/history-file.ts';
import { connectPort } from '../threads/port.ts';
import { serveThread } from '../threads/serve.ts';

/** The first history: simulated days go to the warehouse's thread behind the live floor. */
export interface HistoryThread {
  /** Fills in what `DATA/history.json` says is missing; resolves when it is done or stopped. */
  fill(warehouse: MessagePort): Promise<void>;
}
export interface HistoryStarter { filling(progress: { daysDone: number; daysTotal: number }): void }

const dataSchema = z.object({ dataDirectory: z.string(), centreFile: z.string().nullable(), configuration: centreConfigurationSchema });

await serveThread<HistoryStarter>((data, starter) => {
  const { dataDirectory, centreFile, configuration } = dataSchema.parse(data);
  // On Linux a priority belongs to the thread that sets it: the live floor goes first.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
  let stopped = false;
  let filling: Promise<void> = Promise.resolve();
  const functions: HistoryThread = {
    fill(port) {
      const history = readHistory(dataDirectory);
      if (!history) return Promise.resolve();
      filling = fillHistory({
        dataDirectory, configuration, history,
        folder: importsFolder(dataDirectory),
        centre: loadCentre(centreFile ?? undefined),
        warehouse: connectPort<Pick<Warehouse, 'load'>>(port, {}),
        onProgress: (progress) => void starter.filling.asEvent(progress),
        stopped: () => stopped,
      });
      return filling;
    },
  };
  return {
    functions,
    async end() {
      stopped = true;
      await filling.catch(() => {});
    },
  };
});
