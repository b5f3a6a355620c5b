import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Configuration } from '../configuration.ts';
import { startThread, type Thread } from '../threads/start.ts';
import type { CoreStarter, CoreThread } from './core.worker.ts';
import type { Ending } from './ending.ts';
import type { WarehouseStarter, WarehouseThread, WarehouseThreadData } from './warehouse.worker.ts';

export interface WarehouseThreadOptions {
  /** Nobody else sees to it. Default true. */
  closesDays?: boolean;
  /** Of the callers' hashes in a shared warehouse; the embedded one has its own. */
  callerKey?: string | null;
  /** Which process asks. */
  origin?: string;
}

/** The spool, and behind it the warehouse: the only embedded one, or a server. */
export async function startWarehouse(configuration: Configuration, logger: Logger, ending: Ending, { closesDays = true, callerKey = null, origin = 'vigie start' }: WarehouseThreadOptions = {}): Promise<Thread<WarehouseThread>> {
  const starter: WarehouseStarter = { log: ({ level, message, details }) => logger[level](details, message) };
  const thread = await startThread<WarehouseThread>({
    name: 'warehouse', entry: new URL('./warehouse.worker.ts', import.meta.url), functions: starter, endTimeoutMs: 30_000,
    data: { dataDirectory: configuration.dataDirectory, memoryMb: configuration.warehouseMemoryMb, threads: configuration.warehouseThreads, keepDays: configuration.keepDays === 'ever' ? null : configuration.keepDays, spoolMaxBytes: configuration.spoolMaxBytes, ownLegs: configuration.ownLegs, closesDays, shared: configuration.warehouse && callerKey !== null ? { ...configuration.warehouse, callerKey, origin } : null } satisfies WarehouseThreadData,
  });
  ending.watch(thread);
  return thread;
}

export interface CoreOptions {
  configuration: Configuration;
  /** The centre's configuration. */
  centre: object;
  /** Of the core alone: its checkpoint. */
  dataDirectory: string;
  simulated: boolean;
  /** Calls to a `CoreDoor`. */
  door: MessagePort;
  /** To the call files, see {@link openContacts}; null = nothing is dialed. */
  contacts: MessagePort | null;
  logger: Logger;
  ending: Ending;
}

/** The floor; it ends first what an earlier one that died left in progress. */
export async function startCore({ configuration, centre, dataDirectory, simulated, door, contacts, logger, ending }: CoreOptions): Promise<Thread<CoreThread>> {
  const starter: CoreStarter = {
    trouble: (message) => logger.warn({ source: 'core' }, message),
    recovered: (closed) => logger.warn({ source: 'core', ...closed }, 'an earlier run died: what it left in progress is ended'),
    completed: (dials) => logger.warn({ source: 'core', dials }, 'an earlier run died: the call files have heard from its rows what became of its dials'),
  };
  const thread = await startThread<CoreThread>({
    name: 'core', entry: new URL('./core.worker.ts', import.meta.url), functions: starter,
    data: { centreFile: configuration.centreFile, configuration: centre, seed: configuration.seed, simulated, dataDirectory, door, contacts }, ports: contacts ? [door, contacts] : [door],
  });
  ending.watch(thread);
  return thread;
}

/** A way of its own to the warehouse's thread. */
export async function doorTo(warehouse: Thread<WarehouseThread>): Promise<MessagePort> {
  const { port1, port2 } = new MessageChannel();
  await warehouse.remote.serve(port1);
  return port2;
}
