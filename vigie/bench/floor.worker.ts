import { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { createSimulatedFloor } from '../../telephony/centre/simulated-floor.ts';
import { VirtualClock } from '../../telephony/clock.ts';
import type { Command, CommandResult } from '../../telephony/commands.ts';
import { RowFiles } from '../history/row-files.ts';
import type { WarehouseThread } from '../start/warehouse.worker.ts';
import { connectPort } from '../threads/port.ts';
import { serveThread } from '../threads/serve.ts';

/** The shipped centre in virtual time, in a thread of its own as the live floor is: its work and its garbage are not the reader's. */
export interface FloorThread {
  /** Posts live events, a snapshot first, until the port is closed. */
  watch(port: MessagePort): Promise<void>;
  command(command: Command): Promise<CommandResult>;
  /** Lives until an instant, epoch ms. */
  liveUntil(atMs: number): Promise<void>;
  /** Loads the rows of what was lived. */
  load(): Promise<void>;
}

const dataSchema = z.object({ opensMs: z.number(), seed: z.number(), folder: z.string(), door: z.instanceof(MessagePort) });

await serveThread((data) => {
  const { opensMs, seed, folder, door } = dataSchema.parse(data);
  const files = new RowFiles({ folder, loadId: 'bench', source: 'bench', warehouse: connectPort<WarehouseThread>(door, {}) });
  const clock = new VirtualClock(opensMs);
  const centre = loadCentre();
  const floor = createSimulatedFloor({ centre, configuration: buildConfiguration(centre), clock, seed, run: 'bench', rows: files.sink });
  floor.workers.start(1500);
  floor.callers.start();
  const functions: FloorThread = {
    watch(port) {
      port.once('close', floor.automaton.live.subscribe((event) => port.postMessage(event)));
      return Promise.resolve();
    },
    command: (command) => Promise.resolve(floor.automaton.command(command)),
    liveUntil(atMs) {
      clock.run(atMs);
      return Promise.resolve();
    },
    load: () => files.load({ all: true }),
  };
  return { functions };
});
