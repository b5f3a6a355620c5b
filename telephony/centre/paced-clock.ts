import type { Clock, Timer } from '../clock.ts';
import { TimingWheel } from '../timing-wheel.ts';

/** Longest sleep: a machine that slept, or a corrected clock, is noticed by then. */
const LONGEST_SLEEP_MS = 1_000;

/**
 * Virtual time that can be handed over to the real one: run it up to now, then `pace()` it. Each timer
 * fires at its own time also when the process is late, so that a busy machine changes no duration.
 */
export class PacedClock implements Clock {
  readonly #wheel: TimingWheel;
  #factor = 1;
  #originMs = 0;
  #originReal = 0;
  #wake: ReturnType<typeof setTimeout> | null = null;
  #wakeReal = Number.POSITIVE_INFINITY;
  #running = false;
  #paced = false;

  constructor(startMs: number) {
    this.#wheel = new TimingWheel(Math.floor(startMs));
  }

  nowMs(): number {
    return this.#wheel.nowMs;
  }

  set(timer: Timer, atMs: number): void {
    this.#wheel.set(timer, atMs);
    if (this.#paced && !this.#running) this.#plan(Math.max(atMs, this.nowMs()));
  }

  cancel(timer: Timer): void {
    this.#wheel.cancel(timer);
  }

  /** Virtual time, at once; not any more once it is paced. */
  run(untilMs: number): void {
    this.#wheel.run(Math.floor(untilMs));
  }

  /** From here on its time passes like real time, `factor` times as fast. */
  pace(factor = 1): void {
    this.#factor = factor;
    this.#originMs = this.nowMs();
    this.#originReal = performance.now();
    this.#paced = true;
    this.#tick();
  }

  /** Fires what has become due: call it before anything from outside acts on the floor. Not from within a timer. */
  catchUp(): void {
    if (!this.#paced || this.#running) return;
    this.#running = true;
    try {
      this.#wheel.run(Math.floor(this.#originMs + (performance.now() - this.#originReal) * this.#factor));
    } finally {
      this.#running = false;
    }
  }

  /** Fires nothing any more and lets the process end. */
  stop(): void {
    this.#paced = false;
    if (this.#wake) clearTimeout(this.#wake);
    this.#wake = null;
  }

  #tick(): void {
    this.#wake = null;
    this.#wakeReal = Number.POSITIVE_INFINITY;
    this.catchUp();
    if (this.#paced) this.#plan(this.#wheel.nextDueMs());
  }

  #plan(dueMs: number): void {
    const real = Math.min(this.#originReal + (dueMs - this.#originMs) / this.#factor, performance.now() + LONGEST_SLEEP_MS);
    if (this.#wake) {
      if (this.#wakeReal <= real) return;
      clearTimeout(this.#wake);
    }
    this.#wakeReal = real;
    this.#wake = setTimeout(() => this.#tick(), Math.max(0, Math.ceil(real - performance.now())));
  }
}
