import { join } from 'node:path';
import type { Logger } from 'pino';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { EmbeddedStore } from '../../warehouse/operational/embedded.ts';
import { isMade } from '../../warehouse/operational/embedded-files.ts';
import { openStore, type OperationalStore } from '../../warehouse/operational/store.ts';
import type { Configuration } from '../configuration.ts';
import { startThread, type Thread } from '../threads/start.ts';
import type { Ending } from './ending.ts';
import type { StoreThread } from './store.worker.ts';

/** A server takes several sessions; the embedded database is one. */
const SERVER_CONNECTIONS = 5;

/** Where the embedded store answers, for commands. */
export type StorePlace = Omit<EmbeddedStore, 'stop'>;

/** A store's server. @throws when it is embedded: then its place is what {@link startStore} told. */
export function storeAddress({ storeUrl }: Pick<Configuration, 'storeUrl'>): { connectionString: string } {
  if (storeUrl === null) throw new Error('the embedded store has no address of its own');
  return { connectionString: storeUrl };
}

/** The operational store, embedded in its own thread or on a server, seeded with the centre when it is empty. */
export async function startStore(configuration: Configuration, logger: Logger, ending: Ending, onPlace: (place: StorePlace) => void = () => undefined): Promise<OperationalStore> {
  const options = { onError: (error: unknown) => logger.warn({ err: error }, 'operational store') };
  const store = configuration.storeUrl === null
    ? await openStore({ ...options, connection: await startEmbedded(configuration, ending, onPlace), maxConnections: 1 })
    : await openStore({ ...options, connection: { connectionString: configuration.storeUrl }, maxConnections: SERVER_CONNECTIONS });
  ending.add('store', () => store.close());
  await store.seed(buildConfiguration(loadCentre(configuration.centreFile ?? undefined)));
  return store;
}

async function startEmbedded(configuration: Configuration, ending: Ending, onPlace: (place: StorePlace) => void): Promise<StorePlace> {
  const directory = join(configuration.dataDirectory, 'store');
  const begin = (): Promise<Thread<StoreThread>> => startThread<StoreThread>({ name: 'store', entry: new URL('./store.worker.ts', import.meta.url), data: { directory } });
  // What making it left in memory goes with its thread.
  if (!isMade(directory)) await (await begin()).end();
  const thread = await begin();
  ending.watch(thread);
  const place = await thread.remote.place();
  onPlace(place);
  return place;
}
