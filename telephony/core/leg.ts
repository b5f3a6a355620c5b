import type { LegOutcome } from '../rows.ts';
import type { Call } from './call.ts';
import type { Queue } from './queue.ts';

/**
 * One leg of a call, see `LegsRow`. Reused through {@link LegPool}. Times are ms since the call's
 * start, -1 = not yet: {@link Leg.ms} makes epoch ms of them.
 */
export class Leg {
  /** The customer's call, also for a leg that began as a consultation. */
  call: Call | null = null;
  queue: Queue | null = null;
  agent = 0;
  leg = 0;
  visit = 0;
  outcome: LegOutcome = 'in-progress';
  entered = 0;
  started = 0;
  ringing = -1;
  answered = -1;
  left = -1;
  /** Start of the running stretch of talk or hold. */
  stretch = -1;
  waitMs = 0;
  ringMs = 0;
  talkMs = 0;
  holdMs = 0;
  wrapupMs = 0;
  transferred: 0 | 1 = 0;
  endByAgent: 0 | 1 = 0;
  /** Seconds of wrap-up in the row written last. */
  wrapupWritten = 0;
  /** Times as the rows have them, '' = not written yet: a leg has up to three rows. */
  enteredText = '';
  answeredText = '';
  leftText = '';

  /** See {@link Timer.approach}. */
  approach(): number {
    return this.agent + this.answered + this.waitMs + this.endByAgent;
  }

  /** One of its times from epoch ms. */
  at(ms: number): number {
    return this.call ? this.call.after(ms) : 0;
  }

  /** Epoch ms of one of its times. */
  ms(time: number): number {
    return this.call ? this.call.startedMs + time : 0;
  }
}

/** Legs out of use, so that a call in a long run allocates none. */
export class LegPool {
  readonly #free: Leg[] = [];

  /** A leg of a new visit, or of the visit that `previous` belongs to. */
  take(call: Call, queue: Queue | null, nowMs: number, previous: Leg | null): Leg {
    const leg = this.#free.pop() ?? new Leg();
    call.legs += 1;
    if (!previous) call.visits += 1;
    leg.call = call;
    leg.queue = queue;
    leg.agent = 0;
    leg.leg = call.legs;
    leg.visit = previous ? previous.visit : call.visits;
    leg.outcome = 'in-progress';
    leg.started = call.after(nowMs);
    leg.entered = previous ? previous.entered : leg.started;
    leg.ringing = -1;
    leg.answered = -1;
    leg.left = -1;
    leg.stretch = -1;
    leg.waitMs = 0;
    leg.ringMs = 0;
    leg.talkMs = 0;
    leg.holdMs = 0;
    leg.wrapupMs = 0;
    leg.transferred = 0;
    leg.endByAgent = 0;
    leg.wrapupWritten = 0;
    leg.enteredText = '';
    leg.answeredText = '';
    leg.leftText = '';
    return leg;
  }

  release(leg: Leg): void {
    leg.call = null;
    leg.queue = null;
    this.#free.push(leg);
  }
}
