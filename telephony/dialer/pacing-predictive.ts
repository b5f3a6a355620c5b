import { AgentsEstimate } from './agents-estimate.ts';
import { AnswerChange } from './answer-change.ts';
import { AnswerEstimate } from './answer-estimate.ts';
import { normalAbove, normalExcess } from './normal.ts';
import { NuisanceWindows } from './nuisance-windows.ts';
import type { Pacing, PacingBound, PacingDecision, PacingFloor, PacingReason, PacingState } from './pacing.ts';
import { roomToDial, unestimated } from './pacing-room.ts';
import { RiskBudget } from './risk-budget.ts';

const TABULATE_MS = 10_000;
/** Where nobody reads its reasons. */
const TABULATE_SELDOM_MS = 30_000;
/** A ringing call is given up when the risk without any further dial is this many times what is allowed. */
const CANCEL_FROM = 8;
/** Dials to see the end of before the estimate is used: one number per free agent until then. */
const WARM_DIALS = 60;
/** Dials from which on a change of the answer rate can be told from a poor estimate; as many count on after one. */
const SURE_DIALS = 400;

/**
 * Dials while the answer of one number more would find nobody free with a probability that the nuisance budget can pay.
 *
 * For each second of the time in which that answer may come: how many persons will have answered among the dials in flight, by their
 * age; how many agents will have become free, by the time they have talked or wrapped up, the called person's patience included. Both are sums
 * of independent chances whose means and variances are known, so that "nobody is free" is the tail of a normal distribution;
 * weighted by when the answer is likely to come it is the risk of this dial. {@link RiskBudget} says which risk may be taken: the price of a
 * nuisance call against an idle second, such that the windows end just below their limit.
 */
export class PredictivePacing implements Pacing {
  readonly mode = 'predictive';
  readonly #windows: NuisanceWindows;
  readonly #budget: RiskBudget;
  readonly #agents: AgentsEstimate;
  readonly #change = new AnswerChange();
  #answers: AnswerEstimate | null = null;
  readonly #known: PacingState | undefined;
  readonly #explains: boolean;
  #decidedMs = Number.NaN;
  #tabulatedMs = Number.NaN;
  #relative = 0;
  #ages: Float64Array = new Float64Array(0);
  #expected: Float64Array = new Float64Array(0);
  #variance: Float64Array = new Float64Array(0);
  #free: Float64Array = new Float64Array(0);
  #freeVariance: Float64Array = new Float64Array(0);

  /**
   * @param state of an earlier {@link PredictivePacing}; another mode's is taken for its nuisance windows only.
   * @param explains false: its reasons say what it did, without what it expected; where nobody reads them, most of the time is saved.
   */
  constructor(state?: PacingState, explains = true) {
    this.#known = state;
    this.#explains = explains;
    this.#windows = new NuisanceWindows(state?.['windows']);
    this.#budget = new RiskBudget(state?.['budget']);
    this.#agents = new AgentsEstimate(state?.['agents']);
  }

  decide(floor: PacingFloor): PacingDecision {
    const { limits, nowMs } = floor;
    const answers = this.#estimateFor(Math.ceil(limits.maximumRingMs / 1000));
    this.#learn(floor, answers);
    const allowed = this.#budget.allowed(floor, this.#windows);
    const ready = this.#look(floor, answers);
    const room = roomToDial(floor);

    const warm = answers.evidence >= WARM_DIALS + 2 * floor.agents.length;
    // As many dials as free agents can drop nobody, whatever is left of the budget.
    const safe = Math.min(room.most, Math.max(0, ready - floor.waiting.length - floor.dials.length));
    const dial = warm ? Math.max(safe, this.#most(room.most, allowed, ready, answers, floor)) : safe;
    const cancel = dial === 0 ? this.#superfluous(allowed * CANCEL_FROM, ready, answers, floor) : 0;
    const bound: PacingBound = dial === room.most ? room.bound : !warm ? 'warm-up' : this.#change.factor > 1.05 ? 'change' : this.#budget.left <= 0 ? 'budget' : 'risk';
    this.#decidedMs = nowMs;
    // Those dialed now live through the next interval too.
    this.#ages[0] = (this.#ages[0] ?? 0) + dial;
    return { dial, cancel, why: this.#explains ? this.#explain(floor, dial, ready, allowed, bound, answers) : { ...unestimated(floor, this.#windows, dial, ready), bound } };
  }

  state(): PacingState {
    return { mode: this.mode, version: 1, windows: this.#windows.state(), budget: this.#budget.state(), agents: this.#agents.state(), ...(this.#answers ? { answers: this.#answers.state() } : {}) };
  }

  #estimateFor(seconds: number): AnswerEstimate {
    if (this.#answers?.horizon === seconds) return this.#answers;
    const answers = new AnswerEstimate(seconds, this.#answers ? undefined : this.#known?.['answers']);
    this.#answers = answers;
    this.#ages = new Float64Array(answers.seconds);
    this.#expected = new Float64Array(seconds + 1);
    this.#variance = new Float64Array(seconds + 1);
    this.#free = new Float64Array(seconds + 1);
    this.#freeVariance = new Float64Array(seconds + 1);
    return answers;
  }

  #learn(floor: PacingFloor, answers: AnswerEstimate): void {
    const { events, nowMs } = floor;
    const seconds = Math.min(2, Math.max(0, (nowMs - this.#decidedMs) / 1000)) || 0;
    // The dials of the decision before lived through this interval: their ages are still there.
    let expected = 0;
    for (let age = 0; age < this.#ages.length; age += 1) {
      const dials = this.#ages[age] ?? 0;
      if (dials === 0) continue;
      for (let [at, left] = [age, seconds]; left > 0; at += 1, left -= 1) {
        const lived = dials * Math.min(1, left);
        expected += lived * answers.hazard(at);
        answers.rang(at, lived);
      }
    }
    let seen = 0;
    for (const event of events) {
      if (event.kind !== 'dialed' || event.result === 'cancelled') continue;
      const person = event.result === 'person';
      if (person) seen += 1;
      answers.ended(event.afterMs, person);
    }
    if (answers.evidence >= SURE_DIALS) this.#change.take(expected, seen);
    this.#windows.take(events);
    this.#budget.take(events);
    this.#agents.learn(floor, seconds);
    const ratio = this.#change.changed();
    if (ratio !== null) answers.fade(SURE_DIALS / Math.max(SURE_DIALS, answers.evidence), Math.max(1, ratio));
    if (ratio === null && nowMs - this.#tabulatedMs < (this.#explains ? TABULATE_MS : TABULATE_SELDOM_MS)) return;
    this.#tabulatedMs = nowMs;
    answers.tabulate();
    this.#agents.tabulate();
  }

  /** What is in flight and who becomes free when; returns the agents free now. */
  #look(floor: PacingFloor, answers: AnswerEstimate): number {
    this.#ages.fill(0);
    for (const { startedMs, answeredMs } of floor.dials) {
      if (answeredMs !== null) continue;
      const age = Math.min(this.#ages.length - 1, Math.max(0, Math.floor((floor.nowMs - startedMs) / 1000)));
      this.#ages[age] = (this.#ages[age] ?? 0) + 1;
    }
    this.#sumAnswers(answers);
    return this.#agents.free(floor, this.#free, this.#freeVariance);
  }

  #sumAnswers(answers: AnswerEstimate): void {
    const width = answers.horizon + 1;
    const factor = this.#change.factor;
    this.#expected.fill(0);
    this.#variance.fill(0);
    for (let age = 0; age < this.#ages.length; age += 1) {
      const dials = this.#ages[age] ?? 0;
      if (dials === 0) continue;
      for (let s = 0; s < width; s += 1) {
        const chance = Math.min(1, factor * (answers.within[age * width + s] ?? 0));
        this.#expected[s] = (this.#expected[s] ?? 0) + dials * chance;
        this.#variance[s] = (this.#variance[s] ?? 0) + dials * chance * (1 - chance);
      }
    }
    this.#relative = answers.relativeVariance;
  }

  /** Risk that the answer of a dial made now finds nobody, with `more` other dials made now. */
  #risk(more: number, ready: number, answers: AnswerEstimate): number {
    let [risk, weight] = [0, 0];
    const factor = this.#change.factor;
    for (let s = 1; s <= answers.horizon; s += 1) {
      const before = answers.within[s - 1] ?? 0;
      const chance = answers.within[s] ?? 0;
      if (chance <= before) continue;
      const now = Math.min(1, factor * chance);
      const come = (this.#expected[s] ?? 0) + more * now;
      const mean = ready + (this.#free[s] ?? 0) - come;
      const variance = (this.#freeVariance[s] ?? 0) + (this.#variance[s] ?? 0) + more * now * (1 - now) + this.#relative * come * come;
      risk += (chance - before) * normalAbove((mean - 0.5) / Math.sqrt(variance + 1e-6));
      weight += chance - before;
    }
    return weight > 0 ? risk / weight : 0;
  }

  /** The most dials whose last one still has no more than the allowed risk: doubled, then halved in. */
  #most(room: number, allowed: number, ready: number, answers: AnswerEstimate, floor: PacingFloor): number {
    const free = ready - floor.waiting.length;
    const fits = (count: number): boolean => count <= room && this.#risk(count - 1, free, answers) <= allowed;
    if (!fits(1)) return 0;
    let [low, high] = [1, 2];
    while (fits(high)) [low, high] = [high, high * 2];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Ringing calls, from the oldest, without which the risk is bearable again. */
  #superfluous(bearable: number, ready: number, answers: AnswerEstimate, floor: PacingFloor): number {
    const free = ready - floor.waiting.length;
    let cancelled = 0;
    const youngest = Math.ceil(floor.limits.minimumRingMs / 1000);
    for (let age = this.#ages.length - 1; age >= youngest; age -= 1) {
      while ((this.#ages[age] ?? 0) > 0 && this.#risk(0, free, answers) > bearable) {
        this.#ages[age] = (this.#ages[age] ?? 0) - 1;
        cancelled += 1;
        this.#sumAnswers(answers);
      }
    }
    return cancelled;
  }

  #explain(floor: PacingFloor, dial: number, ready: number, allowed: number, bound: PacingBound, answers: AnswerEstimate): PacingReason {
    const free = ready - floor.waiting.length;
    const risk = this.#risk(Math.max(0, dial - 1), free, answers);
    if (dial > 0) this.#sumAnswers(answers);
    const horizon = Math.min(answers.horizon, Math.max(1, Math.round(answers.meanSeconds)));
    let drops = 0;
    for (let s = 1; s <= horizon; s += 1) {
      const mean = free + (this.#free[s] ?? 0) - (this.#expected[s] ?? 0);
      const deviation = Math.sqrt((this.#freeVariance[s] ?? 0) + (this.#variance[s] ?? 0) + 1e-6);
      drops += ((this.#expected[s] ?? 0) - (this.#expected[s - 1] ?? 0)) * normalAbove((mean + 0.5) / deviation);
    }
    const mean = free + (this.#free[horizon] ?? 0) - (this.#expected[horizon] ?? 0);
    const idle = normalExcess(mean, Math.sqrt((this.#freeVariance[horizon] ?? 0) + (this.#variance[horizon] ?? 0) + 1e-6));
    return {
      ...unestimated(floor, this.#windows, dial, ready),
      bound,
      answerShare: Math.min(1, answers.share * this.#change.factor),
      answerSeconds: answers.meanSeconds,
      talkSeconds: this.#agents.talkSeconds,
      wrapupSeconds: this.#agents.wrapupSeconds,
      horizonSeconds: horizon,
      expectedAnswers: this.#expected[horizon] ?? 0,
      expectedFree: this.#free[horizon] ?? 0,
      expectedDrops: drops,
      expectedIdle: idle,
      risk,
      riskAllowed: allowed,
      nuisanceLeft: this.#budget.left,
    };
  }
}
