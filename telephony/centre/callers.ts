import { CallbackTimer, Timer, type Clock } from '../clock.ts';
import { Line } from '../media.ts';
import type { Random } from '../random.ts';
import type { SimulatedGateway } from '../simulated-gateway.ts';
import type { AutomatonEvents, CallView } from '../views.ts';
import { Arrivals, HOUR_MS } from './arrivals.ts';
import { callerPopulation, type CallerPopulation } from './callers-book.ts';
import type { Centre, CentreQueue, EntryPoint } from './centre-schema.ts';
import { drawMs } from './draw.ts';

export interface CallersOptions {
  centre: Centre;
  clock: Clock;
  gateway: SimulatedGateway;
  arrivals: Arrivals;
  random: Random;
}

/** The people who call: they dial, press keys, lose patience, hang up and try again. */
export class Callers implements AutomatonEvents {
  readonly #options: CallersOptions;
  readonly #queues: ReadonlyMap<number, CentreQueue>;
  readonly #populations: ReadonlyMap<string, CallerPopulation>;
  readonly #open = new Set<Caller>();
  #stopped = false;
  #lastCallMs = Number.POSITIVE_INFINITY;

  constructor(options: CallersOptions) {
    this.#options = options;
    this.#queues = new Map(options.centre.queues.map((queue) => [queue.number, queue]));
    this.#populations = new Map(Object.entries(options.centre.callers).map(([name, population]) => [name, callerPopulation(population)]));
  }

  /** Begins to call now; nobody dials at `lastCallMs` or later. */
  start(lastCallMs = Number.POSITIVE_INFINITY): void {
    this.#lastCallMs = lastCallMs;
    const { clock, centre } = this.#options;
    for (const entry of centre.entryPoints) this.#plan(entry, Math.floor(clock.nowMs() / HOUR_MS) * HOUR_MS, clock.nowMs());
  }

  /** Nobody dials any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Every caller still in the centre hangs up. */
  hangUpAll(): void {
    for (const caller of this.#open) this.#options.gateway.callerHangsUp(caller);
  }

  callStarted(call: CallView): void {
    const caller = call.line;
    if (!(caller instanceof Caller) || call.isConsultation) return;
    this.#open.add(caller);
    caller.deadlineMs = this.#options.clock.nowMs() + this.#options.random.exponential(this.#options.centre.ivrBehaviour.patienceSeconds.meanSeconds) * 1000;
    this.#options.clock.set(caller.timer, caller.deadlineMs);
  }

  prompted(call: CallView, step: { message: string; choices: Record<string, string> }): void {
    const caller = call.line;
    if (!(caller instanceof Caller)) return;
    const { clock, random, centre } = this.#options;
    const { silentShare, reactionSeconds, menus } = centre.ivrBehaviour;
    if (random.chance(silentShare)) return;
    const weights = menus[step.message] ?? {};
    const keys = Object.keys(weights);
    const rest = Math.max(0, 100 - Object.values(weights).reduce((sum, weight) => sum + weight, 0));
    caller.digit = keys[random.weighted([...Object.values(weights), rest])] ?? '0';
    const pressMs = clock.nowMs() + drawMs(random, reactionSeconds);
    if (pressMs < caller.deadlineMs) clock.set(caller.timer, pressMs);
    else caller.digit = '';
  }

  queued(call: CallView, queue: number): void {
    this.#wait(call, queue);
  }

  ringing(_agent: unknown, call: CallView): void {
    if (call.line instanceof Caller && !call.line.waiting) this.#wait(call, call.queue);
  }

  connected(_agent: unknown, call: CallView): void {
    if (!(call.line instanceof Caller) || call.isConsultation) return;
    call.line.waiting = false;
    call.line.answered = true;
    this.#options.clock.cancel(call.line.timer);
  }

  callEnded(call: CallView): void {
    const caller = call.line;
    if (!(caller instanceof Caller) || call.isConsultation) return;
    this.#options.clock.cancel(caller.timer);
    this.#open.delete(caller);
    if (!caller.answered && caller.waitedOnce) this.#maybeAgain(caller);
  }

  #wait(call: CallView, queue: number): void {
    const caller = call.line;
    if (!(caller instanceof Caller) || call.isConsultation || caller.waiting) return; // an overflow keeps the first queue's patience
    const { clock, random } = this.#options;
    caller.waiting = true;
    caller.waitedOnce = true;
    caller.digit = '';
    const patience = this.#queues.get(queue)?.behaviour.patience.meanSeconds ?? 240;
    clock.set(caller.timer, clock.nowMs() + random.exponential(patience) * 1000);
  }

  /** Calls of one hour, one timer at a time; then the next hour. */
  #plan(entry: EntryPoint, hourMs: number, fromMs: number): void {
    const { clock, arrivals } = this.#options;
    const times = arrivals.inHour(entry, hourMs).filter((time) => time >= fromMs);
    let next = 0;
    const timer = new CallbackTimer(() => {
      if (this.#stopped) return;
      if (next < times.length) {
        this.#dial(new Caller(this, this.#whoCalls(entry), entry));
        next++;
      }
      if (next < times.length) clock.set(timer, times[next] ?? 0);
      else this.#plan(entry, hourMs + HOUR_MS, hourMs + HOUR_MS);
    });
    if (hourMs < this.#lastCallMs) clock.set(timer, times[0] ?? hourMs + HOUR_MS);
  }

  #whoCalls(entry: EntryPoint): string {
    const { random, centre } = this.#options;
    const population = centre.callers[entry.callers];
    const book = this.#populations.get(entry.callers);
    if (!population || !book || random.chance(population.anonymousShare)) return '';
    const { repeatCallerShare, repeatCallerPool } = centre.callerBehaviour;
    const pool = random.chance(repeatCallerShare) ? Math.max(1, Math.floor(population.count * repeatCallerPool)) : population.count;
    return book.number(random.integer(pool));
  }

  #dial(caller: Caller): void {
    if (this.#options.clock.nowMs() >= this.#lastCallMs) return;
    if (this.#options.gateway.call(caller, caller.entry.site) === 'busy') this.#maybeAgain(caller);
  }

  #maybeAgain(caller: Caller): void {
    const { clock, random, centre } = this.#options;
    const { retrialShare, retrialDelay, maximumTries } = centre.callerBehaviour;
    if (this.#stopped || caller.tries >= maximumTries || !random.chance(retrialShare)) return;
    const again = new Caller(this, caller.caller, caller.entry, caller.tries + 1);
    clock.set(new CallbackTimer(() => { if (!this.#stopped) this.#dial(again); }), clock.nowMs() + drawMs(random, retrialDelay));
  }

  /** The caller's timer: a key to press, or no patience left. */
  act(caller: Caller): void {
    const { clock, gateway } = this.#options;
    const digit = caller.digit;
    if (digit === '') return gateway.callerHangsUp(caller);
    caller.digit = '';
    clock.set(caller.timer, caller.deadlineMs);
    gateway.press(caller, digit);
  }
}

/** One attempt to reach the centre. */
export class Caller extends Line {
  readonly entry: EntryPoint;
  readonly tries: number;
  readonly timer: CallerTimer;
  /** When the patience with the IVR ends. */
  deadlineMs = 0;
  /** Key to press next, '' = none: the timer is the patience. */
  digit = '';
  waiting = false;
  waitedOnce = false;
  answered = false;

  constructor(callers: Callers, caller: string, entry: EntryPoint, tries = 1) {
    super(caller, entry.number);
    this.entry = entry;
    this.tries = tries;
    this.timer = new CallerTimer(callers, this);
  }
}

class CallerTimer extends Timer {
  readonly #callers: Callers;
  readonly #caller: Caller;

  constructor(callers: Callers, caller: Caller) {
    super();
    this.#callers = callers;
    this.#caller = caller;
  }

  override fire(): void {
    this.#callers.act(this.#caller);
  }
}
