import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Configuration } from '../configuration.ts';
import { detectedIncidents } from '../incidents/detected-incidents.ts';
import { startDetection } from '../incidents/detection.ts';
import { spoolAndDisks } from '../incidents/observers/machine.ts';
import { createSteadyClock, machineTime } from '../incidents/steady-clock.ts';
import type { Thread } from '../threads/start.ts';
import type { Ending } from './ending.ts';
import type { WarehouseThread } from './warehouse.worker.ts';

export interface MachineOptions { configuration: Pick<Configuration, 'dataDirectory'>; store: Pick<OperationalStore, 'incidents'>; warehouse: Thread<WarehouseThread>; logger: Logger; ending: Ending }

const TICK_MS = 1000;

/** What only this process can look at: its spool and its disk. Each such process has troubles of its own. */
export function detectOnMachine({ configuration: { dataDirectory }, store: { incidents }, warehouse, logger, ending }: MachineOptions): void {
  const place = `${hostname()}:${dataDirectory}`;
  const clock = createSteadyClock(machineTime);
  const detectors = spoolAndDisks({ nowMs: clock.nowMs, spool: { place, status: () => warehouse.remote.status() }, disks: [{ place, path: dataDirectory }] });
  const detection = startDetection({ detectors, settings: () => incidents.detectors(), incidents: detectedIncidents(incidents), nowMs: clock.nowMs, logger });
  const unsubscribe = incidents.subscribe(({ numbers, settings }) => {
    if (settings) detection.settingsChanged();
    if (numbers.length > 0) detection.incidentsChanged();
  });
  const timer = setInterval(() => {
    if (clock.look()) clock.settle();
    void detection.tick();
  }, TICK_MS);
  ending.add('detectors', async () => {
    clearInterval(timer);
    unsubscribe();
    await detection.end();
  });
}
