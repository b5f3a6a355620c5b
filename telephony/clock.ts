import { TimingWheel } from './timing-wheel.ts';

/**
 * Something that falls due once. Subclass it and keep the object: setting a timer allocates nothing.
 * Timers of the same millisecond fire in the order in which they were set.
 */
export abstract class Timer {
  /** When it is due, counted in milliseconds from the wheel's base; meaningful while it is set. */
  declare due: number;
  /** Place in the wheel, -1 = not set. Only {@link TimingWheel} writes these fields. */
  declare slot: number;
  declare next: Timer | null;
  declare previous: Timer | null;

  // Timers are made by the million: V8 initialises declared fields several times slower than these.
  constructor() {
    this.due = 0;
    this.slot = -1;
    this.next = null;
    this.previous = null;
  }

  /** Called by the clock at the due time, when the timer is no longer set. */
  abstract fire(): void;

  /**
   * Called within the last second or so before it is due, one after the other for all timers of that
   * second: reads one field of each cache line that {@link fire} will need, and gives their sum. One
   * timer's memory is then fetched while the next one's is asked for; in `fire`, with its pointers that
   * must be followed one by one, each miss would stop the processor.
   */
  approach(): number {
    return 0;
  }

  get isSet(): boolean {
    return this.slot >= 0;
  }
}

/** Time as the core sees it: whole epoch milliseconds that never go back. */
export interface Clock {
  nowMs(): number;
  /** Sets or moves a timer; a time in the past means now. Fractions are rounded up. */
  set(timer: Timer, atMs: number): void;
  /** Unsets a timer; does nothing when it is not set. */
  cancel(timer: Timer): void;
}

/** A timer that calls a function: for rare things. Hot ones subclass {@link Timer}. */
export class CallbackTimer extends Timer {
  readonly #work: () => void;

  constructor(work: () => void) {
    super();
    this.#work = work;
  }

  override fire(): void {
    this.#work();
  }
}

/** Simulated time: jumps from timer to timer. */
export class VirtualClock implements Clock {
  readonly #wheel: TimingWheel;

  constructor(startMs: number) {
    this.#wheel = new TimingWheel(Math.floor(startMs));
  }

  nowMs(): number {
    return this.#wheel.nowMs;
  }

  set(timer: Timer, atMs: number): void {
    this.#wheel.set(timer, atMs);
  }

  cancel(timer: Timer): void {
    this.#wheel.cancel(timer);
  }

  /** Fires everything due up to and including `untilMs`; afterwards it is `untilMs`. Not from within a timer. */
  run(untilMs: number): void {
    this.#wheel.run(Math.floor(untilMs));
  }

  /** Fires what is due in at most one further millisecond that has timers; false = no timers are left. For tests. */
  step(): boolean {
    const due = this.#wheel.nextDueMs();
    if (due === Infinity) return false;
    this.#wheel.run(due);
    return true;
  }
}

/** The wall clock, from the monotonic one so that a corrected system time moves nothing back. */
export class RealClock implements Clock {
  readonly #wheel = new TimingWheel(realNowMs());
  #wake: ReturnType<typeof setTimeout> | null = null;
  #wakeMs = Infinity;
  #stopped = false;

  nowMs(): number {
    return realNowMs();
  }

  set(timer: Timer, atMs: number): void {
    this.#wheel.set(timer, atMs);
    this.#plan();
  }

  cancel(timer: Timer): void {
    this.#wheel.cancel(timer);
  }

  /** Fires nothing any more and lets the process end. */
  stop(): void {
    this.#stopped = true;
    if (this.#wake) clearTimeout(this.#wake);
    this.#wake = null;
  }

  #plan(): void {
    const due = this.#wheel.nextDueMs();
    if (this.#stopped || due === Infinity || (this.#wake && this.#wakeMs <= due)) return;
    if (this.#wake) clearTimeout(this.#wake);
    this.#wakeMs = due;
    this.#wake = setTimeout(() => {
      this.#wake = null;
      this.#wheel.run(realNowMs());
      this.#plan();
    }, Math.min(Math.max(0, due - realNowMs()), 60_000));
  }
}

function realNowMs(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
