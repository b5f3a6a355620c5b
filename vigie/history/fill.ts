import { setTimeout as pause } from 'node:timers/promises';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { Centre } from '../../telephony/centre/centre-schema.ts';
import { simulateDay } from '../../telephony/centre/simulate.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { writeHistory, type History } from './history-file.ts';
import { RowFiles } from './row-files.ts';

export interface FillOptions {
  dataDirectory: string;
  folder: string;
  centre: Centre;
  configuration: CentreConfiguration;
  history: History;
  warehouse: Pick<Warehouse, 'load'>;
  onProgress: (progress: { daysDone: number; daysTotal: number }) => void;
  stopped: () => boolean;
}

/** The board and the first pages come first. */
const FIRST_REST_MS = 3000;
/** Between days the processor and the warehouse's writer belong to the live floor for a moment. */
const REST_MS = 300;

/** Lives the days that are missing, newest first, and loads each; ends early when stopped, between days. */
export async function fillHistory(options: FillOptions): Promise<void> {
  const { dataDirectory, folder, centre, configuration, history, warehouse, onProgress } = options;
  await pause(FIRST_REST_MS);
  for (const day of history.days.filter((each) => !history.done.includes(each))) {
    if (options.stopped()) return;
    onProgress({ daysDone: history.done.length, daysTotal: history.days.length });
    const files = new RowFiles({ folder, loadId: `history/${history.seed}/${history.liveFromMs}/${day}`, source: 'history', warehouse });
    const dayStart = Date.parse(`${day}T00:00:00Z`);
    if (history.liveFromMs > dayStart) simulateDay({ centre, configuration, seed: history.seed, day, untilMs: history.liveFromMs, rows: files.sink });
    await files.load({ all: true });
    history.done.push(day);
    writeHistory(dataDirectory, history);
    await pause(REST_MS);
  }
  onProgress({ daysDone: history.done.length, daysTotal: history.days.length });
}
