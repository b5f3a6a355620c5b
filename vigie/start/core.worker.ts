import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { RowForwarder } from '../../ingest/forward/row-forwarder.ts';
import type { SpoolDoor } from '../../ingest/spool/door.ts';
import { startLiveFloor } from '../../telephony/centre/live-floor.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { Command, CommandResult } from '../../telephony/commands.ts';
import { centreConfigurationSchema, type CentreConfiguration } from '../../telephony/configuration.ts';
import { CORE_SOURCE } from '../configuration.ts';
import { connectPort } from '../threads/port.ts';
import { serveThread } from '../threads/serve.ts';

/** The live floor in its own thread: calls and timers are not held up by the web. */
export interface CoreStarter { trouble(message: string): void }
export interface CoreThread {
  command(command: Command): Promise<CommandResult>;
  configure(configuration: CentreConfiguration): Promise<void>;
  /** Posts live events, a snapshot first, until the port is closed. */
  watch(port: MessagePort): Promise<void>;
  /** Where the floor's rows begin, epoch ms. */
  startedMs(): Promise<number>;
}

const dataSchema = z.object({
  centreFile: z.string().nullable(),
  configuration: centreConfigurationSchema,
  seed: z.number(),
  /** The last row of an earlier run, epoch ms. */
  notBeforeMs: z.number(),
  /** Calls to the spool, in the warehouse's thread. */
  door: z.instanceof(MessagePort),
});

const LONGEST_DRAIN_MS = 5000;

await serveThread<CoreStarter>(async (data, starter) => {
  const { centreFile, configuration, seed, notBeforeMs, door } = dataSchema.parse(data);
  const listeners = new Set<(configuration: CentreConfiguration) => void>();
  const forwarder = new RowForwarder({
    port: connectPort<SpoolDoor>(door, {}), source: CORE_SOURCE, run: randomUUID(),
    onTrouble: ({ message, lostRows }) => void starter.trouble.asEvent(`${message} (rows lost: ${lostRows})`),
  });
  const floor = await startLiveFloor({
    centre: loadCentre(centreFile ?? undefined), seed, notBeforeMs, rows: forwarder.sink,
    configuration: {
      load: () => Promise.resolve(configuration),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  const functions: CoreThread = {
    command: (command) => Promise.resolve(floor.command(command)),
    configure(next) {
      for (const listener of listeners) listener(next);
      return Promise.resolve();
    },
    watch(port) {
      const stop = floor.automaton.live.subscribe((event) => port.postMessage(event));
      port.once('close', stop);
      return Promise.resolve();
    },
    startedMs: () => Promise.resolve(floor.startedMs),
  };
  return {
    functions,
    async end() {
      floor.stop();
      // A spool that takes no rows must not hold the end up for ever.
      await Promise.race([forwarder.drain(), pause(LONGEST_DRAIN_MS)]);
      forwarder.close();
    },
  };
});
