import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { openStore, type OperationalStore } from '../../warehouse/operational/store.ts';
import type { Configuration } from '../configuration.ts';
import { DirectoryLockedError, lockDirectory } from '../data-directory/lock.ts';
import { keepPrivate } from '../data-directory/private.ts';
import { runningServer } from '../data-directory/server-file.ts';
import { createEnding } from '../start/ending.ts';
import { startStore } from '../start/store.ts';
import { configurationFor } from './invocation.ts';

/** The operational store as a command sees it: the server's, the running program's, or its own. */
export interface StoreAccess {
  store: OperationalStore;
  close(): Promise<void>;
}

const LONGEST_START_MS = 60_000;

/** Does some work on the store of `--data`, or of the configuration. */
export async function withStore(options: { data?: string | undefined }, what: string, work: (store: OperationalStore) => Promise<void>): Promise<void> {
  const access = await openStoreFor(configurationFor(options), what);
  try {
    await work(access.store);
  } finally {
    await access.close();
  }
}

/** Opens the store that is configured; an embedded one is shared with the program that runs on its directory. */
export async function openStoreFor(configuration: Configuration, what: string): Promise<StoreAccess> {
  keepPrivate();
  const { storeUrl, dataDirectory } = configuration;
  if (storeUrl !== null) {
    const store = await openStore({ connection: { connectionString: storeUrl }, maxConnections: 2 });
    return { store, close: () => store.close() };
  }
  for (const deadline = Date.now() + LONGEST_START_MS; ; await pause(200)) {
    const running = runningServer(dataDirectory);
    if (running?.store) {
      const store = await openStore({ connection: running.store, maxConnections: 1 });
      return { store, close: () => store.close() };
    }
    try {
      return await openOwn(configuration, what);
    } catch (error) {
      // A server that has the lock but no address yet is starting.
      if (!(error instanceof DirectoryLockedError) || error.holder.what !== 'vigie start' || Date.now() > deadline) throw error;
    }
  }
}

async function openOwn(configuration: Configuration, what: string): Promise<StoreAccess> {
  const lock = await lockDirectory(configuration.dataDirectory, what);
  const ending = createEnding(pino({ enabled: false }));
  ending.add('lock', () => lock.release());
  try {
    const store = await startStore(configuration, pino({ enabled: false }), ending);
    return { store, close: () => ending.end(null) };
  } catch (error) {
    await ending.end(null);
    throw error;
  }
}
