import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../warehouse/operational/store.ts';
import { localCallerKey, sharedCallerKey } from '../caller-key.ts';
import type { Configuration, SharedWarehouse } from '../configuration.ts';
import { removeLeftOvers } from '../data-directory/left-overs.ts';
import { DirectoryLockedError, lockDirectory, type DirectoryLock } from '../data-directory/lock.ts';
import { keepPrivate } from '../data-directory/private.ts';
import { runningServer, type RunningServer } from '../data-directory/server-file.ts';
import type { InternalWarehouse } from '../internal/calls.ts';
import { remoteWarehouse } from '../internal/remote-warehouse.ts';
import { openLocalWarehouse, warehouseOptions } from '../local-warehouse.ts';
import { openSharedWarehouse } from '../shared-warehouse.ts';

/** A data directory as a command sees it: the running server's warehouse, its own, or the server's that is configured. */
export interface DataAccess {
  warehouse: InternalWarehouse;
  close(): Promise<void>;
}

/** They answer commands; the lock says who has it. */
const SERVERS = new Set(['vigie start', 'vigie ingest']);
/** A server that has the lock but no address yet is starting: it is waited for. */
const LONGEST_START_MS = 60_000;

/** Asks the server that runs on the directory; where there is none, opens the warehouse itself. */
export async function openData(configuration: Configuration, what: string): Promise<DataAccess> {
  keepPrivate();
  if (configuration.warehouse) return openShared(configuration, configuration.warehouse, what);
  const door = await doorTo(configuration.dataDirectory, what);
  if ('address' in door) return { warehouse: remoteWarehouse(door), close: () => Promise.resolve() };
  try {
    removeLeftOvers(configuration.dataDirectory);
    const warehouse = await openLocalWarehouse(warehouseOptions(configuration));
    return {
      warehouse,
      async close() {
        await warehouse.close();
        door.release();
      },
    };
  } catch (error) {
    door.release();
    throw error;
  }
}

/** A server takes many: no lock, and nobody to ask. */
async function openShared(configuration: Configuration, shared: SharedWarehouse, what: string): Promise<DataAccess> {
  const warehouse = await openSharedWarehouse({ ...shared, callerKey: await callerKeyOf(configuration), origin: what });
  return { warehouse, close: () => warehouse.close() };
}

async function callerKeyOf(configuration: Configuration): Promise<string> {
  if (configuration.storeUrl === null) return localCallerKey(configuration.dataDirectory);
  const store = await openStore({ connection: { connectionString: configuration.storeUrl }, maxConnections: 1 });
  try {
    return await sharedCallerKey(store, configuration);
  } finally {
    await store.close();
  }
}

async function doorTo(directory: string, what: string): Promise<RunningServer | DirectoryLock> {
  for (const deadline = Date.now() + LONGEST_START_MS; ; await pause(200)) {
    const server = runningServer(directory);
    if (server) return server;
    try {
      return await lockDirectory(directory, what);
    } catch (error) {
      if (!(error instanceof DirectoryLockedError) || !SERVERS.has(error.holder.what) || Date.now() > deadline) throw error;
    }
  }
}
