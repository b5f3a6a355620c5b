import type { LegOutcome } from '../rows.ts';
import type { Call } from './call.ts';
import type { Queue } from './queue.ts';

/** One leg of a call, see `LegsRow`. Reused through {@link LegPool}. Times are epoch ms, 0 = not yet. */
export class Leg {
  /** The customer's call, also for a leg that began as a consultation. */
  call: Call | null = null;
  queue: Queue | null = null;
  agent = 0;
  leg = 0;
  visit = 0;
  outcome: LegOutcome = 'in-progress';
  enteredMs = 0;
  startedMs = 0;
  ringingMs = 0;
  answeredMs = 0;
  leftMs = 0;
  /** Start of the running stretch of talk or hold. */
  stretchMs = 0;
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
    leg.enteredMs = previous ? previous.enteredMs : nowMs;
    leg.startedMs = nowMs;
    leg.ringingMs = 0;
    leg.answeredMs = 0;
    leg.leftMs = 0;
    leg.stretchMs = 0;
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
