import { Writable } from 'node:stream';
import { parse, type ExecutionArgs } from 'graphql';
import { pino } from 'pino';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { FULL_SCOPE, type Scope, type Warehouse } from '../../warehouse/warehouse.ts';
import type { Clock } from '../clock.ts';
import type { ApiContext } from '../context.ts';
import { openDirectory } from '../directory.ts';
import { openLiveBoards } from '../live/boards.ts';
import { createSharing } from '../live/sharing.ts';
import { createLoaders } from '../loaders.ts';
import type { DirectoryPort, LivePort } from '../ports.ts';
import { schema } from '../schema.ts';
import { scopeKey } from '../viewer.ts';
import { threadTime } from './thread-time.ts';

export interface TickBenchParts {
  warehouse: Warehouse;
  live: LivePort;
  directory: DirectoryPort;
  clock: Clock;
  /** Lets the floor live on, so that the core publishes a change. What it takes of the main thread is counted. */
  advance(): Promise<void> | void;
}

export interface TickBenchResult {
  subscribers: number;
  scopes: number;
  ticks: number;
  /** What a tick costs the main thread: draw, execute, encode, hand to every subscriber. Milliseconds. */
  msPerTick: number;
  bytesPerSubscriber: number;
}

/** Longer than the boards wait between two drawings: each change is a tick of its own. */
const STEP_MS = 120;
/** The first figures of every scope are asked meanwhile; later ones only when rows were loaded. */
const WARM_UP_TICKS = 8;

/**
 * Main-thread time of a live tick, for so many subscribers spread evenly over the scopes. Everything of
 * the real way but the sockets: each subscriber's stream is piped into nothing.
 */
export async function benchLiveTick(parts: TickBenchParts, { subscribers, scopes, ticks }: { subscribers: number; scopes: Scope[]; ticks: number }): Promise<TickBenchResult> {
  const logger = pino({ level: 'silent' });
  const directory = await openDirectory(parts.directory, parts.clock);
  const boards = openLiveBoards({ warehouse: parts.warehouse, core: parts.live, directory, clock: parts.clock, logger });
  let bytes = 0;
  let results = 0;
  const sharing = createSharing({ mask: (result) => result, onTick: () => void (results += 1) });
  const document = parse(LIVE_PAGE);
  const worked = threadTime();
  try {
    for (let index = 0; index < subscribers; index += 1) {
      const scope = scopes[index % scopes.length] ?? FULL_SCOPE;
      const contextValue: ApiContext = {
        viewer: { name: 'bench', scope }, warehouse: parts.warehouse, directory, boards, core: parts.live, progress: { filling: () => null }, callFiles: undefined, incidents: undefined, study: { study: () => null }, plan: { shifts: () => Promise.resolve([]) },
        loaders: createLoaders(parts.warehouse, scope, undefined, directory), clock: parts.clock, signal: undefined,
      };
      const begin = (): ExecutionArgs => ({ schema, document, contextValue });
      const shared = await sharing.join({ document: LIVE_PAGE, operationName: null, variables: {}, scope: scopeKey(scope) }, begin);
      if (!('open' in shared)) throw new Error(`the bench's subscription was refused: ${JSON.stringify(shared.errors)}`);
      shared.open().pipe(new Writable({ write: (chunk: Uint8Array, _encoding, done) => {
        bytes += chunk.byteLength;
        done();
      } }));
    }
    const run = async (count: number): Promise<{ active: number; drawn: number; bytes: number }> => {
      const before = { worked: worked(), results, bytes };
      for (let tick = 0; tick < count; tick += 1) {
        await parts.advance();
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      }
      return { active: worked() - before.worked, drawn: (results - before.results) / sharing.executions(), bytes: bytes - before.bytes };
    };
    await run(WARM_UP_TICKS);
    const { active, drawn, bytes: sent } = await run(ticks);
    return { subscribers, scopes: scopes.length, ticks: drawn, msPerTick: active / drawn, bytesPerSubscriber: Math.round(sent / subscribers / drawn) };
  } finally {
    sharing.close();
    boards.close();
    directory.close();
  }
}

/** Different views of one centre, as its users have them: each tenant, site and queue, then each team. */
export function scopesOf({ tenants, sites, queues, teams }: CentreConfiguration, count: number): Scope[] {
  const all: Scope[] = [
    ...tenants.map(({ id }) => ({ ...FULL_SCOPE, tenants: [id] })),
    ...sites.map(({ id }) => ({ ...FULL_SCOPE, sites: [id] })),
    ...teams.map(({ id }) => ({ ...FULL_SCOPE, teams: [id] })),
    ...queues.map(({ number }) => ({ ...FULL_SCOPE, queues: [String(number)] })),
  ];
  if (all.length < count) throw new Error(`the centre has ${all.length} scopes, the bench needs ${count}`);
  return all.slice(0, count);
}

/** What the Live page asks for. */
const LIVE_PAGE = `subscription Live { live {
  at coreAt dataAt zone dayFrom connected historyFrom configurationMark
  totals { waiting longestWaitSince agentsReady agentsRinging agentsTalking agentsWrapup agentsPaused agentsLoggedIn callsInProgress offered queued answered abandoned
    serviceLevel serviceLevel30 abandonmentRate asaSeconds averageHandleSeconds occupancy targetServiceLevel }
  queues { queue name tenant open targetSeconds targetServiceLevel waiting longestWaitSince waiters { callId since caller priority } agentsLoggedIn agentsReady agentsTalking
    queued answered abandoned serviceLevel serviceLevel30 abandonmentRate asaSeconds averageHandleSeconds serviceLevelTrend }
  agents { agent name tenant site teams state since pauseReason loggedInSince callId queue campaign answeredToday arguedToday positiveToday recorded listenedBy }
  campaigns { campaign name direction callsInProgress inIvr inQueue withAgent }
  gateways { gateway site channels busyChannels refused }
  messages { messageId at from text sentAt seenBy toAgent toTeam }
  lastHour { at offered answered abandoned }
} }`;
