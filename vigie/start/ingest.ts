import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { createIngestHandler } from '../../ingest/http/ingest-handler.ts';
import { sharedCallerKey } from '../caller-key.ts';
import { CORE_SOURCE, type Configuration } from '../configuration.ts';
import { removeLeftOvers } from '../data-directory/left-overs.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { removeServerFile, writeServerFile } from '../data-directory/server-file.ts';
import { CORE_METHODS, CORE_PATH, INTERNAL_METHODS, INTERNAL_PATH } from '../internal/calls.ts';
import { serveInternal } from '../internal/serve.ts';
import { isLoopback } from '../listen-address.ts';
import type { Ending } from './ending.ts';
import { detectOnMachine } from './detect-on-machine.ts';
import { startWarehouse } from './floor-threads.ts';
import { holdKeepingDuty } from './keeping-duty.ts';
import { sharedStore } from './needs.ts';
import { listenAt, type ProcessHandler } from './process-server.ts';
import { startParts, type Running } from './running.ts';
import { startStore } from './store.ts';

/** Spool and loader as a process of their own, and what one of them does for all: names, closed days, the first history. */
export function startIngest(configuration: Configuration): Promise<Running> {
  return startParts(configuration, (logger, ending) => compose(configuration, logger, ending));
}

async function compose(configuration: Configuration, logger: Logger, ending: Ending): Promise<string> {
  const connectionString = sharedStore(configuration, 'vigie ingest');
  const { dataDirectory } = configuration;
  const lock = await lockDirectory(dataDirectory, 'vigie ingest');
  ending.add('lock', () => lock.release());
  removeLeftOvers(dataDirectory);
  const server = await listenAt(configuration.ingest.listen, 'VIGIE_INGEST_LISTEN', logger);
  ending.add('port', () => server.close());
  const store = await startStore(configuration, logger, ending);
  const warehouse = await startWarehouse(configuration, logger, ending, { closesDays: false, callerKey: configuration.warehouse ? await sharedCallerKey(store, configuration) : null, origin: 'vigie ingest' });
  const names = await holdKeepingDuty({ configuration, connectionString, store, warehouse, logger, ending });
  detectOnMachine({ configuration, store, warehouse, logger, ending });

  const token = configuration.ingest.token ?? randomBytes(32).toString('hex');
  const ingest = createIngestHandler({
    door: warehouse.remote, tokens: { ...configuration.ingestTokens, [CORE_SOURCE]: token }, ownLegs: [...configuration.ownLegs, CORE_SOURCE],
    onError: (error) => logger.error({ err: error }, 'ingest failed'),
  });
  const { kpi, freshness, unfinished, dials, callDetails } = warehouse.remote;
  const forTheCore = { path: CORE_PATH, methods: CORE_METHODS, token, functions: { kpi, freshness, unfinished, dials, callDetails, waiting: () => warehouse.remote.waiting(CORE_SOURCE) } };
  const forCommands = { path: INTERNAL_PATH, methods: INTERNAL_METHODS, token, functions: warehouse.remote };
  const internal: ProcessHandler = (request, response) => {
    const path = request.url ?? '';
    if (path.startsWith(CORE_PATH)) void serveInternal(request, response, forTheCore);
    // Commands name files of this machine.
    else if (path.startsWith(INTERNAL_PATH) && isLoopback(request.socket.remoteAddress ?? '')) void serveInternal(request, response, forCommands);
    else return false;
    return true;
  };
  server.open({ store: async () => (await store.version()) > 0, spool: async () => (await warehouse.remote.status()).writeError === '' }, [ingest, internal], { names });
  ending.add('web', () => server.close());
  writeServerFile(dataDirectory, { address: server.address, token, pid: process.pid });
  ending.add('server file', () => removeServerFile(dataDirectory));
  return server.address;
}
