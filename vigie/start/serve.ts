import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { foldLive } from '../../api/live/fold.ts';
import { createApi } from '../../api/api.ts';
import type { ProgressPort } from '../../api/ports.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { sharedCallerKey } from '../caller-key.ts';
import type { Configuration } from '../configuration.ts';
import { remoteCore } from '../core-link/remote-core.ts';
import { coreDirectory } from '../data-directory/core-directory.ts';
import { callFilesPort } from '../outbound/call-files-port.ts';
import { reportPort } from '../incidents/report/report-port.ts';
import { createSteadyClock, machineTime } from '../incidents/steady-clock.ts';
import { placeOf } from '../internal/place.ts';
import { openSharedWarehouse } from '../shared-warehouse.ts';
import type { Ending } from './ending.ts';
import { keepHeartbeat } from './heartbeat.ts';
import { keepIncidents } from './incidents.ts';
import { needsOfServe } from './needs.ts';
import { startNotifying } from './notifying.ts';
import { openPages, warmPages } from './pages.ts';
import { planPort } from './plan-port.ts';
import { startParts, type Running } from './running.ts';
import { studyPort } from '../study/study-port.ts';
import { startStore, storeAddress } from './store.ts';
import { listen } from './web-server.ts';

const HISTORY_LOOK_MS = 5000;

/** The api and the pages as a process of their own, as many as are wanted. Of its own it has only the call files that somebody is about to import. */
export function startServe(configuration: Configuration): Promise<Running> {
  return startParts(configuration, (logger, ending) => compose(configuration, logger, ending));
}

async function compose(configuration: Configuration, logger: Logger, ending: Ending): Promise<string> {
  const shared = needsOfServe(configuration);
  const { dataDirectory, centreFile, seed } = configuration;
  const web = await listen(configuration.port, configuration);
  const pagesUrl = configuration.siteUrl ?? web.address;
  const signUrl = configuration.publicUrl ?? pagesUrl;
  ending.add('port', () => web.close());
  const store = await startStore(configuration, logger, ending);
  startNotifying({ configuration, store, logger, ending });
  const warehouse = await openSharedWarehouse({ ...shared, callerKey: await sharedCallerKey(store, configuration), origin: 'vigie serve' });
  ending.add('warehouse', () => warehouse.close());
  const live = remoteCore({
    place: () => placeOf('vigie telephony', configuration.core, coreDirectory(dataDirectory), 'VIGIE_CORE'),
    onTrouble: (reason) => logger.warn({ reason }, 'waiting for the telephony core'),
  });
  const progress = await watchHistory(store, logger, ending);
  const callFiles = callFilesPort({ store, connection: storeAddress(configuration), dataDirectory, process: `${hostname()}:${web.port}` });
  ending.add('call files', () => callFiles.close());
  let centre = await store.load();
  ending.add('configuration', store.subscribe((next) => {
    centre = next;
  }));
  const clock = createSteadyClock(machineTime);
  const floor = foldLive(live, logger);
  ending.add('live state', () => floor.close());
  const plan = configuration.simulation ? planPort(loadCentre(centreFile ?? undefined), seed) : null;
  const incidents = keepIncidents({
    configuration, store, clock, site: signUrl, pages: pagesUrl, logger, ending,
    sources: {
      centre: () => centre, live: floor, warehouse, spool: null, plan, filling: () => progress.filling() !== null,
      disks: [{ place: `${hostname()}:${dataDirectory}`, path: dataDirectory }], backupDirectory: configuration.backupDirectory,
    },
  });
  const reports = reportPort({ store, warehouse: warehouse, centre: () => centre, browser: configuration.browser, site: signUrl, nowMs: clock.nowMs, logger });
  const api = await createApi({ proxiedAs: [configuration.publicUrl, configuration.siteUrl].filter((url) => url !== null), incidents: { store, detectors: incidents.detectors, reports }, clock, callFiles, warehouse, live, directory: store, logger, study: studyPort(logger), progress, ...(plan ? { plan } : {}) });
  ending.add('api', () => api.close());
  const pages = await openPages({ hostname: '127.0.0.1', port: web.port });
  ending.add('pages', () => pages.close());
  web.open({
    api, logger,
    // Not the core: without it the boards say so, and everything else goes on.
    checks: { warehouse: api.checks.warehouse, store: async () => (await store.version()) > 0 },
    sight: incidents.sight,
    ingest: (_request, response) => void response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('rows go to vigie ingest\n'),
    internal: (_request, response) => void response.writeHead(404).end(),
    pages: pages.handle,
  });
  ending.add('web', () => web.close());
  await warmPages(web.address);
  keepHeartbeat(configuration, incidents.sight, logger, ending);
  return web.address;
}

/** How far ingest is with the first history, as of a few seconds ago. */
async function watchHistory(store: OperationalStore, logger: Logger, ending: Ending): Promise<ProgressPort> {
  let filling: ReturnType<ProgressPort['filling']> = null;
  const look = async (): Promise<void> => {
    const history = await store.firstHistory();
    filling = history && history.daysDone < history.days.length ? { daysDone: history.daysDone, daysTotal: history.days.length } : null;
  };
  await look();
  const timer = setInterval(() => void look().catch((error: unknown) => logger.warn({ err: error }, 'operational store')), HISTORY_LOOK_MS);
  ending.add('history', () => clearInterval(timer));
  return { filling: () => filling };
}
