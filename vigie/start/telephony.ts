import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import type { Configuration } from '../configuration.ts';
import { createCoreHandler } from '../core-link/core-handler.ts';
import { openCoreHub } from '../core-link/core-hub.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { removeServerFile, writeServerFile } from '../data-directory/server-file.ts';
import { coreDirectory } from '../data-directory/core-directory.ts';
import { planHistory } from '../history/history-file.ts';
import { openOutbox } from '../ingest-link/outbox.ts';
import { patientQuestions } from '../ingest-link/patient-questions.ts';
import { placeOf } from '../internal/place.ts';
import { connectPort } from '../threads/port.ts';
import type { Thread } from '../threads/start.ts';
import type { CoreDoor, CoreThread } from './core.worker.ts';
import { openContacts } from './contacts.ts';
import { keepDemonstration } from './demonstration.ts';
import { holdCoreDuty } from './core-duty.ts';
import type { Ending } from './ending.ts';
import { touchesToday } from './first-history.ts';
import { startCore } from './floor-threads.ts';
import { livePort } from './live-port.ts';
import { sharedStore } from './needs.ts';
import { listenAt } from './process-server.ts';
import { startParts, type Running } from './running.ts';
import { startStore } from './store.ts';

/** Rows that cannot be sent in this time wait on disk for the next start. */
const LONGEST_SENDING_MS = 8000;
const HISTORY_LOOK_MS = 5000;

/** The telephony core as a process of its own: it posts its rows to ingest, and serves its live stream and commands. */
export function startTelephony(configuration: Configuration, signal: AbortSignal): Promise<Running> {
  return startParts(configuration, (logger, ending) => compose(configuration, signal, logger, ending));
}

async function compose(configuration: Configuration, signal: AbortSignal, logger: Logger, ending: Ending): Promise<string> {
  const connectionString = sharedStore(configuration, 'vigie telephony');
  const directory = coreDirectory(configuration.dataDirectory);
  const lock = await lockDirectory(directory, 'vigie telephony');
  ending.add('lock', () => lock.release());
  const server = await listenAt(configuration.core.listen, 'VIGIE_CORE_LISTEN', logger);
  ending.add('port', () => server.close());
  const store = await startStore(configuration, logger, ending);
  await holdCoreDuty({ connectionString, logger, ending, signal });

  const ingest = (): ReturnType<typeof placeOf> => placeOf('vigie ingest', configuration.ingest, configuration.dataDirectory, 'VIGIE_INGEST');
  const outbox = await openOutbox({
    folder: join(directory, 'outbox'), maximumBytes: configuration.spoolMaxBytes, place: ingest,
    onFailed: ({ segment, error, setAside, retryInMs }) => logger[setAside ? 'error' : 'warn']({ segment, setAside, retryInMs, reason: error instanceof Error ? error.message : String(error) }, 'rows were not sent to ingest'),
  });
  ending.add('outbox', () => outbox.close(LONGEST_SENDING_MS));
  const stopped = new AbortController();
  const questions = patientQuestions({ place: ingest, signal: AbortSignal.any([signal, stopped.signal]), onTrouble: (reason) => logger.warn({ reason }, 'waiting for ingest') });
  ending.add('questions', () => stopped.abort());
  const { dataAt } = await questions.freshness(FULL_SCOPE);

  const door: CoreDoor = {
    ...questions,
    append: (batch) => outbox.append(batch),
    waiting: async () => await outbox.waiting() || await questions.waiting(),
  };
  let centre = await store.load();
  const contacts = openContacts({ store, configuration: () => centre, logger, ending });
  const core = await startCore({ configuration, centre, dataDirectory: directory, simulated: configuration.simulation, door: portTo(door, ending), contacts, logger, ending });
  ending.add('configuration', store.subscribe((next) => {
    centre = next;
    core.remote.configure(next).catch((error: unknown) => logger.error({ err: error }, 'a change of the configuration was not taken'));
  }));
  if (configuration.simulation) {
    if (dataAt === null) await store.planFirstHistory(planHistory(await core.remote.startedMs(), configuration.historyDays, configuration.seed));
    const watching = watchHistory(store, core, logger);
    ending.add('history', () => clearInterval(watching));
    keepDemonstration({ configuration, store, connection: { connectionString }, centre: () => centre, dataDirectory: directory, logger, ending });
  }

  const live = livePort(core);
  const hub = openCoreHub(live);
  ending.add('hub', () => hub.close());
  const token = configuration.core.token ?? randomBytes(32).toString('hex');
  server.open({ store: async () => (await store.version()) > 0 }, [createCoreHandler({ hub, token, command: (command) => live.command(command) })]);
  ending.add('web', () => server.close());
  writeServerFile(directory, { address: server.address, token, pid: process.pid });
  ending.add('server file', () => removeServerFile(directory));
  return server.address;
}

/** The core's thread asks over this port. */
function portTo(door: CoreDoor, ending: Ending): MessagePort {
  const { port1, port2 } = new MessageChannel();
  connectPort(port1, door);
  ending.add('door', () => port1.close());
  return port2;
}

/** Ingest fills the first history; what it loads of today belongs to the agents' figures. */
function watchHistory(store: OperationalStore, core: Thread<CoreThread>, logger: Logger): NodeJS.Timeout {
  let counted = 0;
  const timer = setInterval(() => {
    store.firstHistory().then(async (history) => {
      if (!history || history.daysDone >= history.days.length || !touchesToday(history.daysDone + 1)) clearInterval(timer);
      if (!history || history.daysDone <= counted) return;
      counted = history.daysDone;
      await core.remote.recount();
    }).catch((error: unknown) => logger.warn({ err: error }, "the agents' figures do not count the first history"));
  }, HISTORY_LOOK_MS);
  return timer;
}
