import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { foldLive } from '../../api/live/fold.ts';
import { createApi } from '../../api/api.ts';
import type { SightCheck } from '../../api/http/health.ts';
import { createIngestHandler } from '../../ingest/http/ingest-handler.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { callFilesPort } from '../outbound/call-files-port.ts';
import { sharedCallerKey } from '../caller-key.ts';
import type { Configuration } from '../configuration.ts';
import { removeLeftOvers } from '../data-directory/left-overs.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { removeServerFile, writeServerFile } from '../data-directory/server-file.ts';
import { INTERNAL_METHODS, INTERNAL_PATH } from '../internal/calls.ts';
import { serveInternal } from '../internal/serve.ts';
import type { Thread } from '../threads/start.ts';
import { openContacts } from './contacts.ts';
import { startCopyingConfiguration } from './copy-configuration.ts';
import { startCopyingIncidents } from './copy-incidents.ts';
import { keepDemonstration } from './demonstration.ts';
import { holdCoreDuty } from './core-duty.ts';
import type { Ending } from './ending.ts';
import { doorTo, startCore, startWarehouse } from './floor-threads.ts';
import { startFirstHistory } from './first-history.ts';
import { reportPort } from '../incidents/report/report-port.ts';
import { createSteadyClock, machineTime } from '../incidents/steady-clock.ts';
import { keepHeartbeat } from './heartbeat.ts';
import { keepIncidents } from './incidents.ts';
import { holdKeepingDuty } from './keeping-duty.ts';
import { livePort, NO_FLOOR } from './live-port.ts';
import { startNotifying } from './notifying.ts';
import { planPort } from './plan-port.ts';
import { startParts, type Running } from './running.ts';
import { studyPort } from '../study/study-port.ts';
import { startStore, storeAddress, type StorePlace } from './store.ts';
import type { WarehouseThread } from './warehouse.worker.ts';
import { listen } from './web-server.ts';
import { openPages, warmPages } from './pages.ts';

/** Starts everything on one data directory. */
export function start(configuration: Configuration, signal = new AbortController().signal): Promise<Running> {
  return startParts(configuration, (logger, ending) => compose(configuration, signal, logger, ending));
}

async function compose(configuration: Configuration, signal: AbortSignal, logger: Logger, ending: Ending): Promise<string> {
  const { dataDirectory } = configuration;
  const lock = await lockDirectory(dataDirectory, 'vigie start');
  ending.add('lock', () => lock.release());
  removeLeftOvers(dataDirectory);
  const web = await listen(configuration.port, configuration);
  const pagesUrl = configuration.siteUrl ?? web.address;
  const signUrl = configuration.publicUrl ?? pagesUrl;
  ending.add('port', () => web.close());
  let place: StorePlace | undefined;
  const [store, warehouse] = await startStores(configuration, logger, ending, (found) => (place = found));
  startNotifying({ configuration, store, logger, ending });
  let centre = await store.load();
  const shared = sharedWith(configuration);
  const clock = createSteadyClock(machineTime);
  let names: SightCheck;
  if (shared) {
    // The history is this process's own, as it is its core that lives after it.
    names = await holdKeepingDuty({ configuration: { ...configuration, simulation: false }, connectionString: shared, store, warehouse, logger, ending });
    if (configuration.simulation) await holdCoreDuty({ connectionString: shared, logger, ending, signal });
  } else {
    await warehouse.remote.syncDimensions(toDimensions(centre));
    const copying = startCopyingConfiguration({ store, warehouse: warehouse.remote, logger, copied: true });
    ending.add('names', () => copying.stop());
    names = copying.sight;
    const incidents = startCopyingIncidents({ store, warehouse: warehouse.remote, nowMs: clock.nowMs, onError: (error) => logger.warn({ err: error }, 'incidents were not copied to the warehouse') });
    ending.add('incidents', () => incidents.stop());
  }

  const { dataAt } = await warehouse.remote.freshness(FULL_SCOPE);
  const core = configuration.simulation ? await startCore({
    configuration, centre, dataDirectory, simulated: true, door: await doorTo(warehouse), contacts: openContacts({ store, configuration: () => centre, logger, ending }), logger, ending,
  }) : null;
  ending.add('configuration', store.subscribe((next) => {
    centre = next;
    core?.remote.configure(next).catch((error: unknown) => logger.error({ err: error }, 'a change of the configuration was not taken'));
  }));

  const history = core ? await startFirstHistory({ configuration, centre, warehouse, core, logger, ending, empty: dataAt === null }) : { filling: () => null };
  const callFiles = callFilesPort({ store, connection: place ?? storeAddress(configuration), dataDirectory });
  ending.add('call files', () => callFiles.close());
  const live = core ? livePort(core) : NO_FLOOR;
  const floor = core ? foldLive(live, logger) : null;
  if (floor) ending.add('live state', () => floor.close());
  const plan = core ? planPort(loadCentre(configuration.centreFile ?? undefined), configuration.seed) : null;
  const incidents = keepIncidents({
    configuration, store, clock, site: signUrl, pages: pagesUrl, logger, ending,
    sources: {
      centre: () => centre, live: floor, warehouse: warehouse.remote, spool: { place: 'spool', status: () => warehouse.remote.status() }, plan,
      filling: () => history.filling() !== null, disks: [{ place: 'data', path: dataDirectory }], backupDirectory: configuration.backupDirectory,
    },
  });
  const reports = reportPort({ store, warehouse: warehouse.remote, centre: () => centre, browser: configuration.browser, site: signUrl, nowMs: clock.nowMs, logger });
  const api = await createApi({ proxiedAs: [configuration.publicUrl, configuration.siteUrl].filter((url) => url !== null), incidents: { store, detectors: incidents.detectors, reports }, clock, callFiles, warehouse: warehouse.remote, live, directory: store, logger, study: studyPort(logger), progress: history, ...(plan ? { plan } : {}) });
  ending.add('api', () => api.close());
  const pages = await openPages({ hostname: '127.0.0.1', port: web.port });
  ending.add('pages', () => pages.close());
  const ingest = createIngestHandler({ door: warehouse.remote, tokens: configuration.ingestTokens, ownLegs: configuration.ownLegs, onError: (error) => logger.error({ err: error }, 'ingest failed') });
  const token = randomBytes(32).toString('hex');
  const sight = { ...incidents.sight, names };
  web.open({
    api, logger,
    checks: { ...api.checks, store: async () => (await store.version()) > 0, spool: async () => (await warehouse.remote.status()).writeError === '' },
    sight,
    ingest: (request, response) => {
      if (!ingest(request, response)) response.writeHead(404).end();
    },
    internal: (request, response) => serveInternal(request, response, { path: INTERNAL_PATH, methods: INTERNAL_METHODS, token, functions: warehouse.remote }),
    pages: pages.handle,
  });
  ending.add('web', () => web.close());
  await warmPages(web.address);
  keepHeartbeat(configuration, sight, logger, ending);
  if (configuration.simulation) keepDemonstration({ configuration, store, connection: place ?? storeAddress(configuration), centre: () => centre, dataDirectory, logger, ending });
  writeServerFile(dataDirectory, { address: web.address, token, pid: process.pid, ...(place ? { store: place } : {}) });
  ending.add('server file', () => removeServerFile(dataDirectory));
  return web.address;
}

/** The store's address, where other processes may stand beside this one: on the same store and the same warehouse. */
function sharedWith({ storeUrl, warehouse }: Configuration): string | null {
  return warehouse === null ? null : storeUrl;
}

/** Side by side, but for a warehouse that is a server: its key lies in the store. */
async function startStores(configuration: Configuration, logger: Logger, ending: Ending, onPlace: (place: StorePlace) => void): Promise<[OperationalStore, Thread<WarehouseThread>]> {
  if (!configuration.warehouse) return Promise.all([startStore(configuration, logger, ending, onPlace), startWarehouse(configuration, logger, ending)]);
  const store = await startStore(configuration, logger, ending, onPlace);
  return [store, await startWarehouse(configuration, logger, ending, { closesDays: sharedWith(configuration) === null, callerKey: await sharedCallerKey(store, configuration) })];
}
