import { createAutomaton, type Automaton, type OutboundOptions } from '../automaton.ts';
import { VirtualClock } from '../clock.ts';
import { outboundSchema, type Outbound } from '../outbound-configuration.ts';
import type { CentreConfiguration } from '../configuration.ts';
import type { ContactPort } from '../contacts.ts';
import type { PacingMaker } from '../core/dialing.ts';
import { CalledPeople, type PeopleBehaviour } from '../dialer/called-people.ts';
import { MemoryContacts, type MemoryContact } from '../dialer/memory-contacts.ts';
import { OutboundWorkers, type OutboundWorkersOptions } from '../dialer/outbound-workers.ts';
import type { Pacing, PacingDecision, PacingFloor } from '../dialer/pacing.ts';
import { Random } from '../random.ts';
import type { EmittedRow, LegsRow, OdActionsRow, OdCallsRow } from '../rows.ts';
import { SimulatedGateway } from '../simulated-gateway.ts';
import type { AutomatonEvents, CallView } from '../views.ts';
import { agent, queue, smallCentre } from './configuration.ts';
import { START_MS } from './floor.ts';

export const DID = '9000';
export const OUTBOUND_QUEUE = 201;

/** A pacing for tests: so many dials in flight for each agent who is here, whatever comes of it. */
export class FixedLevel implements Pacing {
  readonly mode = 'predictive';
  readonly #level: number;
  readonly floors: PacingFloor[] = [];
  decisions = 0;

  constructor(level: number, decisions = 0) {
    this.#level = level;
    this.decisions = decisions;
  }

  decide(floor: PacingFloor): PacingDecision {
    this.decisions += 1;
    this.floors.push({ ...floor, events: [...floor.events] });
    const free = floor.agents.filter(({ state }) => state === 'ready').length;
    const dial = Math.max(0, Math.min(floor.contactsLeft, Math.ceil(this.#level * free) - floor.dials.length));
    const none = { answerShare: null, answerSeconds: null, talkSeconds: null, wrapupSeconds: null, horizonSeconds: null, expectedAnswers: null, expectedFree: null, expectedDrops: null, expectedIdle: null, risk: null, riskAllowed: null, nuisanceLeft: null };
    return { dial, cancel: 0, why: { bound: 'level', level: this.#level, ready: free, ringing: floor.dials.length, ...none, nuisance: floor.limits.windowsMs.map(() => null) } };
  }

  state(): { mode: 'predictive'; version: number; decisions: number } {
    return { mode: this.mode, version: 1, decisions: this.decisions };
  }
}

export interface OutboundFloorOptions {
  settings?: Partial<Outbound>;
  agents?: number;
  contacts?: readonly MemoryContact[];
  doNotCall?: readonly string[];
  behaviour?: PeopleBehaviour;
  seed?: number;
  level?: number;
  pacing?: PacingMaker;
  port?: ContactPort;
  configuration?: Partial<Record<keyof CentreConfiguration, unknown>>;
  e1Links?: number;
  startMs?: number;
  /** False: agents do what the test says. */
  working?: boolean;
  /** What they say of a talk; default nothing. */
  qualify?: OutboundWorkersOptions['qualify'];
  events?: AutomatonEvents;
  pacingStates?: OutboundOptions['pacingStates'];
}

export interface OutboundFloor {
  configuration: CentreConfiguration;
  clock: VirtualClock;
  automaton: Automaton;
  media: SimulatedGateway;
  people: CalledPeople;
  contacts: MemoryContacts;
  rows: EmittedRow[];
  /** Every dial in order. */
  dials: { atMs: number; number: string; contact: number }[];
  ready(...agents: number[]): void;
  after(seconds: number): void;
  calls(): OdCallsRow[];
  legs(): LegsRow[];
  actions(agent: number): OdActionsRow[];
}

export function someContacts(count: number, zone = 'Europe/Paris'): MemoryContact[] {
  return Array.from({ length: count }, (_, i) => ({ id: i + 1, number: `+336${`${10_000_000 + i}`}`, zone, fields: { name: `Contact ${i + 1}` } }));
}

/** A whole automaton with one outbound campaign, its contacts, called people and agents, in virtual time. */
export function outboundFloor(options: OutboundFloorOptions = {}): OutboundFloor {
  const { settings = {}, agents = 3, contacts = someContacts(500), doNotCall = [], behaviour, seed = 1, level = 3, e1Links = 4, startMs = START_MS, working = true, events = {} } = options;
  const outbound = outboundSchema.parse({ mode: 'predictive', callerNumber: '+33180000000', ...settings });
  const configuration = smallCentre({
    agents: Array.from({ length: agents }, (_, i) => agent(i + 1, [[OUTBOUND_QUEUE, 5]])),
    queues: [queue(OUTBOUND_QUEUE), queue(101)],
    campaigns: [{ did: DID, name: 'Relance', tenant: 'ocm', site: 'douala', direction: 'outbound', queue: OUTBOUND_QUEUE, outbound }],
    gateways: [{ id: 'g1', site: 'douala', e1Links }],
    ...options.configuration,
  });
  const clock = new VirtualClock(startMs);
  const media = new SimulatedGateway(configuration.gateways);
  const people = new CalledPeople(clock, media, seed, behaviour);
  const calendar = configuration.calendars.find(({ id }) => id === outbound.calendar) ?? null;
  const memory = new MemoryContacts({ [DID]: { settings: outbound, calendar, contacts } }, doNotCall);
  const rows: EmittedRow[] = [];
  const dials: OutboundFloor['dials'] = [];
  const workers = new OutboundWorkers({ clock, gateway: media, people, automaton: () => automaton, ...(options.qualify ? { qualify: options.qualify } : {}) });
  const watcher: AutomatonEvents = {
    ...events,
    dialed(call: CallView) {
      dials.push({ atMs: clock.nowMs(), number: call.line.dnis, contact: call.contact?.id ?? 0 });
      events.dialed?.(call);
    },
    ...(working ? {
      agentStateChanged: (view) => {
        events.agentStateChanged?.(view);
        workers.agentStateChanged(view);
      },
      previewed: (view, contact) => workers.previewed(view, contact),
      connected: (view, call) => {
        events.connected?.(view, call);
        workers.connected(view, call);
      },
      wrapupBegun: (view, id) => workers.wrapupBegun(view, id),
    } satisfies AutomatonEvents : {}),
  };
  const automaton: Automaton = createAutomaton({
    clock, random: new Random(seed), configuration, media, rows: (row) => rows.push(row), events: watcher,
    outbound: { contacts: options.port ?? memory, pacing: options.pacing ?? (() => new FixedLevel(level)), ...(options.pacingStates ? { pacingStates: options.pacingStates } : {}) },
  });
  const latest = <Row>(pairs: [string, Row][]): Row[] => [...new Map(pairs).values()];
  return {
    configuration, clock, automaton, media, people, contacts: memory, rows, dials,
    ready(...numbers) {
      for (const number of numbers) {
        automaton.command({ kind: 'login', agent: number });
        automaton.command({ kind: 'ready', agent: number });
      }
    },
    after: (seconds) => clock.run(clock.nowMs() + seconds * 1000),
    calls: () => latest(rows.flatMap((row): [string, OdCallsRow][] => (row.kind === 'od-calls' ? [[row.row.ID, row.row]] : []))),
    legs: () => latest(rows.flatMap((row): [string, LegsRow][] => (row.kind === 'legs' ? [[`${row.row.CallID}/${row.row.Leg}`, row.row]] : []))),
    actions: (number) => rows.flatMap((row) => (row.kind === 'od-actions' && row.row.OriginatorID === number ? [row.row] : [])),
  };
}
