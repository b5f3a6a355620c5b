import type { AutomatonOptions } from '../automaton.ts';
import { CallBook } from './call-book.ts';
import type { Call } from './call.ts';
import { Dialing } from './dialing.ts';
import { CtProxy } from './ct-proxy.ts';
import type { Floor } from './floor.ts';
import { stepDue } from './ivr.ts';
import { LegPool } from './leg.ts';
import { Ondata } from './ondata.ts';
import { dialDue } from './outbound.ts';
import { waitedTooLong } from './routing.ts';

const DEFAULT_KEPT_CALLS = 4096;

/** An empty floor: nothing is configured yet. */
export function createFloor({ clock, random, media, rows, events = {}, keptCalls = DEFAULT_KEPT_CALLS, outbound }: AutomatonOptions): Floor {
  const agents: Floor['agents'] = new Map();
  const queues: Floor['queues'] = new Map();
  const campaigns: Floor['campaigns'] = new Map();
  const ids = random.stream(`ids from ${clock.nowMs()}`);
  const run = ids.uint32().toString(16).padStart(8, '0');
  const callDue = (call: Call): void => {
    if (floor.dialing && call.dial && call.firstAgent === 0) dialDue(floor, call);
    else if (call.stage === 'waiting') waitedTooLong(floor, call);
    else stepDue(floor, call);
  };
  const floor: Floor = {
    clock,
    random: ids.stream('sessions'),
    media,
    events,
    ondata: rows ? new Ondata(rows) : null,
    live: new CtProxy(clock, run, { agents, queues, campaigns, media }),
    book: new CallBook(keptCalls, ids.stream('calls'), callDue),
    legs: new LegPool(),
    counters: { calls: 0, ended: 0, reroutes: 0, overflows: 0, transfers: 0, abandoned: 0, dialed: 0, nuisance: 0 },
    contacts: outbound?.contacts ?? null,
    dialing: null,
    agents,
    queues,
    campaigns,
    sites: new Map(),
    entryPoints: new Map(),
    openings: new Map(),
    scenarios: new Map(),
    lookupTables: new Map(),
    statuses: new Map(),
    pauseReasons: new Map(),
    teams: new Set(),
    earlierFigures: new Map(),
    telling: false,
  };
  if (outbound) floor.dialing = new Dialing(floor, outbound);
  return floor;
}
