import { createAutomaton, type Automaton } from '../automaton.ts';
import { Timer, VirtualClock } from '../clock.ts';
import { centreConfigurationSchema, type CentreConfiguration } from '../configuration.ts';
import { Line } from '../media.ts';
import { Random } from '../random.ts';
import type { RowSink } from '../rows.ts';
import { SimulatedGateway } from '../simulated-gateway.ts';
import type { AgentView, AutomatonEvents, CallView } from '../views.ts';

/** Epoch ms at which every run starts: any instant would do. */
export const START_MS = Date.UTC(2026, 0, 5);

/** Nobody asks for a call that is over: few are kept, so that the one over last, still in the processor's cache, is used next. */
const KEPT_CALLS = 64;

/** One stream of callers to one queue, in milliseconds drawn one by one. */
export interface CallerClass {
  queue: number;
  nextArrivalMs(random: Random): number;
  handleMs(random: Random): number;
  /** Not told to the observer: calls that only occupy channels. */
  background?: boolean;
  /** Null: nobody hangs up. */
  patienceMs: ((random: Random) => number) | null;
}

export interface QueueingOptions {
  seed: number;
  callers: readonly CallerClass[];
  /** Skills of each agent. */
  agents: readonly { queue: number; level: number }[][];
  /** E1 links of 30 channels; a call needs one from its arrival to its end. Default: more than ever needed. */
  e1Links?: number;
  rows?: RowSink | null;
  observer?: QueueingObserver;
}

/** What the theory counts; all times exact milliseconds, unlike the rows' whole seconds. */
export interface QueueingObserver {
  blocked?(nowMs: number): void;
  /** `waits`: nobody was free. */
  entered?(nowMs: number, waits: boolean): void;
  answered?(nowMs: number, waitMs: number, waited: boolean, queue: number): void;
  abandoned?(nowMs: number, waitMs: number): void;
  /** A talk of an answered call is over. */
  served?(nowMs: number, serviceMs: number): void;
}

/**
 * Textbook queues lived by the real automaton: calls through the media driver, agents without ringing
 * and wrap-up, everything else as on any floor.
 */
export class QueueingSystem implements AutomatonEvents {
  readonly clock = new VirtualClock(START_MS);
  readonly automaton: Automaton;
  readonly #gateway: SimulatedGateway;
  readonly #random: Random;
  readonly #classes: readonly CallerClass[];
  readonly #observer: QueueingObserver;
  readonly #freeLines: TheoryCaller[][];
  readonly #arrivals: ArrivalTimer[];

  constructor({ seed, callers, agents, e1Links, rows = null, observer = {} }: QueueingOptions) {
    const configuration = theConfiguration(callers.map(({ queue }) => queue), agents, e1Links);
    const random = new Random(seed, 'theory');
    this.#random = random.stream('callers');
    this.#classes = callers;
    this.#observer = observer;
    this.#freeLines = callers.map(() => []);
    this.#gateway = new SimulatedGateway(configuration.gateways);
    this.automaton = createAutomaton({ clock: this.clock, random: random.stream('automaton'), configuration, media: this.#gateway, rows, events: this, keptCalls: KEPT_CALLS });
    for (const { number } of configuration.agents) {
      this.automaton.command({ kind: 'login', agent: number });
      this.automaton.command({ kind: 'ready', agent: number });
    }
    this.#arrivals = callers.map((_, index) => new ArrivalTimer(this, index));
    this.open();
  }

  run(untilMs: number): void {
    this.clock.run(untilMs);
  }

  /** Callers arrive from now on. */
  open(): void {
    for (const timer of this.#arrivals) {
      const caller = this.#classes[timer.classIndex];
      timer.atMs = this.clock.nowMs();
      if (caller && !(caller.background && this.clock.nowMs() > START_MS)) this.#arriveLater(timer, caller);
    }
  }

  /** Nobody arrives any more. */
  close(): void {
    for (const timer of this.#arrivals) this.clock.cancel(timer);
  }

  queued(call: CallView): void {
    const line = call.line;
    if (!(line instanceof TheoryCaller)) return;
    line.waits = true;
    const caller = this.#classes[line.classIndex];
    if (caller?.patienceMs) this.clock.set(line.timer, this.clock.nowMs() + caller.patienceMs(this.#random));
  }

  connected(_agent: AgentView, call: CallView): void {
    const line = call.line;
    if (!(line instanceof TheoryCaller)) return;
    const caller = this.#classes[line.classIndex];
    if (!caller) return;
    const nowMs = this.clock.nowMs();
    line.talking = true;
    line.answeredAfterMs = (nowMs - call.startedMs) | 0;
    this.clock.set(line.timer, nowMs + caller.handleMs(this.#random));
    if (!caller.background) this.#observer.answered?.(nowMs, line.answeredAfterMs, line.waits, caller.queue);
  }

  callEnded(call: CallView): void {
    const line = call.line;
    if (!(line instanceof TheoryCaller)) return;
    const nowMs = this.clock.nowMs();
    if (this.#classes[line.classIndex]?.background) return;
    if (line.talking) this.#observer.served?.(nowMs, nowMs - call.startedMs - line.answeredAfterMs);
    else this.#observer.abandoned?.(nowMs, nowMs - call.startedMs);
    this.#freeLines[line.classIndex]?.push(line);
  }

  /** The arrival timer: one caller now, the next one later. */
  arrive(timer: ArrivalTimer): void {
    const caller = this.#classes[timer.classIndex];
    if (!caller) return;
    const line = this.#freeLines[timer.classIndex]?.pop() ?? new TheoryCaller(this.#gateway, timer.classIndex, `${caller.queue}`);
    const nowMs = this.clock.nowMs();
    line.begin();
    if (this.#gateway.call(line, 'site') === 'taken') {
      if (!caller.background) this.#observer.entered?.(nowMs, line.waits);
    } else {
      this.#observer.blocked?.(nowMs);
      this.#freeLines[timer.classIndex]?.push(line);
    }
    this.#arriveLater(timer, caller);
  }

  #arriveLater(timer: ArrivalTimer, caller: CallerClass): void {
    // Fractions are kept: rounding each gap would slow the stream.
    timer.atMs += caller.nextArrivalMs(this.#random);
    this.clock.set(timer, timer.atMs);
  }
}

class ArrivalTimer extends Timer {
  readonly classIndex: number;
  atMs = 0;
  readonly #system: QueueingSystem;

  constructor(system: QueueingSystem, classIndex: number) {
    super();
    this.#system = system;
    this.classIndex = classIndex;
  }

  override fire(): void {
    this.#system.arrive(this);
  }
}

class TheoryCaller extends Line {
  readonly classIndex: number;
  readonly timer: HangUpTimer;
  answeredAfterMs = 0;
  waits = false;
  talking = false;

  constructor(gateway: SimulatedGateway, classIndex: number, dnis: string) {
    super('', dnis);
    this.classIndex = classIndex;
    this.timer = new HangUpTimer(gateway, this);
  }

  begin(): void {
    this.waits = false;
    this.talking = false;
  }
}

/** Patience first, then the talk: at the end of either the caller hangs up. */
class HangUpTimer extends Timer {
  readonly #gateway: SimulatedGateway;
  readonly #line: TheoryCaller;

  constructor(gateway: SimulatedGateway, line: TheoryCaller) {
    super();
    this.#gateway = gateway;
    this.#line = line;
  }

  override approach(): number {
    return this.#gateway.approach(this.#line);
  }

  override fire(): void {
    this.#gateway.callerHangsUp(this.#line);
  }
}

function theConfiguration(queues: readonly number[], agents: QueueingOptions['agents'], e1Links: number | undefined): CentreConfiguration {
  const links = e1Links ?? Math.ceil((agents.length + 3_000) / 30);
  return centreConfigurationSchema.parse({
    version: 1,
    tenants: [{ id: 'theory', customerNumber: 1, name: 'Theory', zone: 'UTC' }],
    sites: [{ id: 'site', name: 'Site', zone: 'UTC' }],
    teams: [{ id: 'team', name: 'Team', site: 'site', tenant: 'theory' }],
    agents: agents.map((skills, index) => ({ number: index + 1, name: `Agent ${index + 1}`, tenant: 'theory', site: 'site', teams: ['team'], skills })),
    queues: queues.map((number) => ({ number, name: `Queue ${number}`, tenant: 'theory', ringTimeoutSeconds: 0, maximumWrapupSeconds: 0 })),
    campaigns: queues.map((number) => ({ did: `did-${number}`, name: `Campaign ${number}`, tenant: 'theory', site: 'site', direction: 'inbound', entryPoints: [`${number}`], queue: number })),
    calendars: [], scenarios: [], lookupTables: [], statuses: [], pauseReasons: [],
    gateways: Array.from({ length: Math.ceil(links / 64) }, (_, i) => ({ id: `gateway-${i + 1}`, site: 'site', e1Links: Math.min(64, links - i * 64) })),
  });
}

/** Poisson callers with exponential handling and, if a mean is given, exponential patience; all means in milliseconds. */
export function markovian(queue: number, arrivalMeanMs: number, handleMeanMs: number, patienceMeanMs: number | null): CallerClass {
  return {
    queue,
    nextArrivalMs: (random) => random.exponential(arrivalMeanMs),
    handleMs: (random) => random.exponential(handleMeanMs),
    patienceMs: patienceMeanMs === null ? null : (random) => random.exponential(patienceMeanMs),
  };
}

/** Agents who all have the same skills at the same level. */
export function alike(count: number, ...queues: number[]): { queue: number; level: number }[][] {
  return Array.from({ length: count }, () => queues.map((queue) => ({ queue, level: 5 })));
}
