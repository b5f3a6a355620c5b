import type { QueueingObserver } from './queueing-system.ts';

/** Places of the sums that a {@link Tally} keeps. */
export const SUM = {
  time: 0, entered: 1, waited: 2, blocked: 3, answered: 4, abandoned: 5,
  waitAnswered: 6, waitAnswered2: 7, waitAbandoned: 8, waitAbandoned2: 9,
  /** Integrals over time of the calls waiting, their square, and the agents busy. */
  queue: 10, queue2: 11, busy: 12,
  /** Answered, hung up within the first target, then within the second … */
  targets: 13,
} as const;

/** Sums over a stretch of a run; times in units of `unitMs`. */
export class Tally implements QueueingObserver {
  readonly #unitMs: number;
  readonly #targetsMs: readonly number[];
  #sums: number[];
  #sinceMs: number;
  #lastMs: number;
  #queue = 0;
  #busy = 0;

  constructor(startMs: number, unitMs: number, targets: readonly number[]) {
    this.#unitMs = unitMs;
    this.#targetsMs = targets.map((target) => target * unitMs);
    this.#sums = this.#zero();
    this.#sinceMs = startMs;
    this.#lastMs = startMs;
  }

  blocked(): void {
    this.#add(SUM.blocked, 1);
  }

  entered(nowMs: number, waits: boolean): void {
    this.#add(SUM.entered, 1);
    if (!waits) return;
    this.#add(SUM.waited, 1);
    this.#pass(nowMs);
    this.#queue += 1;
  }

  answered(nowMs: number, waitMs: number, waited: boolean): void {
    this.#pass(nowMs);
    this.#busy += 1;
    if (waited) this.#queue -= 1;
    this.#over(SUM.answered, SUM.waitAnswered, SUM.waitAnswered2, waitMs, 0);
  }

  abandoned(nowMs: number, waitMs: number): void {
    this.#pass(nowMs);
    this.#queue -= 1;
    this.#over(SUM.abandoned, SUM.waitAbandoned, SUM.waitAbandoned2, waitMs, 1);
  }

  served(nowMs: number): void {
    this.#pass(nowMs);
    this.#busy -= 1;
  }

  /** The sums since the last call of it. */
  take(nowMs: number): number[] {
    this.#pass(nowMs);
    const sums = this.#sums;
    sums[SUM.time] = (nowMs - this.#sinceMs) / this.#unitMs;
    this.#sinceMs = nowMs;
    this.#sums = this.#zero();
    return sums;
  }

  #zero(): number[] {
    return Array.from({ length: SUM.targets + 2 * this.#targetsMs.length }, () => 0);
  }

  #over(count: number, first: number, second: number, waitMs: number, kind: 0 | 1): void {
    const wait = waitMs / this.#unitMs;
    this.#add(count, 1);
    this.#add(first, wait);
    this.#add(second, wait * wait);
    for (let i = 0; i < this.#targetsMs.length; i++) if (waitMs <= (this.#targetsMs[i] ?? 0)) this.#add(SUM.targets + 2 * i + kind, 1);
  }

  /** Time goes on with the queue and the agents as they were. */
  #pass(nowMs: number): void {
    const time = (nowMs - this.#lastMs) / this.#unitMs;
    if (time === 0) return;
    this.#add(SUM.queue, this.#queue * time);
    this.#add(SUM.queue2, this.#queue * this.#queue * time);
    this.#add(SUM.busy, this.#busy * time);
    this.#lastMs = nowMs;
  }

  #add(place: number, value: number): void {
    this.#sums[place] = (this.#sums[place] ?? 0) + value;
  }
}
