import type { IncomingMessage, ServerResponse } from 'node:http';
import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { createYoga, maskError, type YogaInitialContext } from 'graphql-yoga';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { FULL_SCOPE, type Warehouse } from '../warehouse/warehouse.ts';
import { openCallFileDoors } from './call-files/doors.ts';
import { openCallFileWork } from './call-files/work.ts';
import { systemClock, type Clock } from './clock.ts';
import type { ApiContext } from './context.ts';
import { openDirectory } from './directory.ts';
import { bodyLimit } from './http/body-limit.ts';
import { countOperations } from './http/count-operations.ts';
import { costLimit, documentLimits, LIMITS, MAX_BODY_BYTES, noIntrospection, type Limits } from './http/limits.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { openIncidentDoors } from './incidents/doors.ts';
import { INCIDENT_FILES_PATH } from './incidents/paths.ts';
import { openSigningDoors } from './incidents/signing-doors.ts';
import { openIncidentWork } from './incidents/work.ts';
import { openLiveBoards } from './live/boards.ts';
import { shareSubscriptions } from './live/share-plugin.ts';
import { createSharing, type LiveLimits } from './live/sharing.ts';
import { createLoaders } from './loaders.ts';
import type { CallFilesPort, DirectoryPort, IncidentsPort, LivePort, PlanPort, ProgressPort, StudyPort } from './ports.ts';
import { schema } from './schema.ts';
import { openTables } from './tables/tables.ts';
import { viewerFor, type Viewer } from './viewer.ts';
import { troubleOf } from './warehouse-errors.ts';

export interface ApiParts {
  warehouse: Warehouse;
  live: LivePort;
  directory: DirectoryPort;
  logger: Logger;
  progress?: ProgressPort;
  /** Default: nothing is planned. */
  plan?: PlanPort;
  /** Default: nothing is studied. */
  study?: StudyPort;
  /** Default: there are no call files here. */
  callFiles?: CallFilesPort;
  /** Default: there are no incidents here. */
  incidents?: IncidentsPort;
  clock?: Clock;
  limits?: Limits;
  liveLimits?: LiveLimits;
  /** How long a board waits for its figures. */
  figuresPatienceMs?: number;
  /** Addresses as which reverse proxies hand requests on; default: there is none. */
  proxiedAs?: readonly string[];
  /** Default true: the server is reached from this machine only. */
  introspection?: boolean;
}

export interface Api {
  /** For `/graphql`: queries and mutations as JSON, subscriptions as server-sent events. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** For `/tables/…`: questions whose answers are tables. */
  tables(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** For `/files/…`: call files that come, rejected rows that go, files of incidents. */
  files(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** For `/sign/api/…`: what a personal link asks to sign. */
  signing(request: IncomingMessage, response: ServerResponse): Promise<void>;
  metrics: Metrics;
  /** Readiness checks of the parts the api stands on. */
  checks: { warehouse: () => Promise<boolean>; core: () => boolean };
  /** Ends all subscriptions; the ports are their owners' to close. */
  close(): void;
}

export async function createApi({ warehouse, live, directory: directoryPort, logger, progress = NO_PROGRESS, plan = NO_PLAN, study = NO_STUDY, callFiles: callFilesPort, incidents: incidentsPort, clock = systemClock, limits = LIMITS, liveLimits, figuresPatienceMs, proxiedAs = [], introspection = true }: ApiParts): Promise<Api> {
  const directory = await openDirectory(directoryPort, clock);
  const metrics = createMetrics({
    subscribers: () => sharing.subscribers(),
    executions: () => sharing.executions(),
    dropped: () => sharing.dropped(),
    coreConnected: () => boards.connected(),
    ingestLagSeconds: async () => {
      const { dataAt } = await warehouse.freshness(FULL_SCOPE);
      return dataAt === null ? null : (clock.nowMs() - Date.parse(dataAt)) / 1000;
    },
  });
  const incidents = incidentsPort && openIncidentWork(incidentsPort, { directory, clock, logger });
  const boards = openLiveBoards({ warehouse, core: live, directory, clock, logger, ...(incidents ? { strips: incidents.strips } : {}), onDrawn: (ms) => metrics.draw(ms / 1000), ...(figuresPatienceMs === undefined ? {} : { patienceMs: figuresPatienceMs }) });
  const logged = (error: unknown): void => logger.error({ err: error }, 'a request failed');
  const masked = (error: unknown): Error => (error instanceof GraphQLError ? troubleOf(error) : null) ?? maskError(error, MASKED, false);
  const mask = (error: GraphQLError): GraphQLError => {
    const told = masked(error);
    if (told === error) return error;
    logged(error);
    return told instanceof GraphQLError ? told : new GraphQLError(MASKED);
  };
  const sharing = createSharing({
    mask: (result: ExecutionResult) => (result.errors ? { ...result, errors: result.errors.map(mask) } : result),
    onTick: (ms, bytes) => metrics.tick(ms / 1000, bytes),
    ...(liveLimits ? { limits: liveLimits } : {}),
  });
  const callFiles = callFilesPort && openCallFileWork(callFilesPort, logger, clock);
  const callFileDoors = callFiles ? openCallFileDoors({ ...callFiles, directory, logger }) : notHere;
  const incidentDoors = incidents ? openIncidentDoors({ work: incidents, directory, clock }) : notHere;
  const contextFor = (viewer: Viewer, signal?: AbortSignal): ApiContext => ({
    viewer, warehouse, directory, boards, core: live, progress, plan, study, callFiles, incidents, clock, signal,
    loaders: createLoaders(warehouse, viewer.scope, incidentsPort, directory),
  });
  const yoga = createYoga({
    schema,
    context: ({ request }: YogaInitialContext) => contextFor(viewerFor(request), request.signal),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    cors: false,
    // Our own, below.
    maxRequestBodySize: false,
    // Yoga tells its logger of each masked error, once.
    logging: { debug: () => undefined, info: () => undefined, warn: (...args: unknown[]) => logger.warn({ args }, 'graphql'), error: logged },
    maskedErrors: { errorMessage: MASKED, isDev: false, maskError: masked },
    plugins: [
      // Preflighted by nature (JSON, or a header that a foreign page cannot set).
      useCSRFPrevention({ requestHeaders: ['x-graphql-yoga-csrf', 'x-vigie'] }),
      bodyLimit(MAX_BODY_BYTES),
      documentLimits(limits),
      costLimit(limits),
      introspection ? {} : noIntrospection(),
      countOperations(metrics),
      shareSubscriptions(sharing, contextFor),
    ],
  });
  return {
    handle: async (request, response) => {
      await yoga.handle(request, response);
    },
    tables: openTables({ warehouse, logger }),
    files: (request, response) => (request.url?.startsWith(INCIDENT_FILES_PATH) ? incidentDoors : callFileDoors)(request, response),
    signing: incidents ? openSigningDoors({ work: incidents, clock, proxyHosts: proxiedAs.map((url) => new URL(url).host) }) : notHere,
    metrics,
    checks: {
      warehouse: async () => {
        await warehouse.freshness(FULL_SCOPE);
        return true;
      },
      core: boards.connected,
    },
    close: () => {
      callFiles?.uploads.close();
      incidents?.strips.close();
      sharing.close();
      boards.close();
      directory.close();
    },
  };
}

const notHere = (_request: IncomingMessage, response: ServerResponse): Promise<void> => Promise.resolve(void response.writeHead(404).end());
const MASKED = 'Something went wrong on the server. It has been written to its log.';
const NO_PROGRESS: ProgressPort = { filling: () => null };
const NO_PLAN: PlanPort = { shifts: () => Promise.resolve([]) };
const NO_STUDY: StudyPort = { study: () => null };
