import { DurationEstimate } from './duration-estimate.ts';
import type { PacingFloor } from './pacing.ts';

const TALK = { binMs: 10_000, bins: 61, memory: 1_500, priorMean: 120, priorWeight: 5 };
const WRAPUP = { binMs: 5_000, bins: 37, memory: 1_500, priorMean: 30, priorWeight: 5 };
/** Horizon in seconds of the tables. */
const HORIZON = 100;

/** When agents become free: talks and wrap-ups learned from the campaign's own, by the time they have lasted. */
export class AgentsEstimate {
  readonly #talk: DurationEstimate;
  readonly #wrapup: DurationEstimate;
  readonly #talking = new Float64Array(TALK.bins);
  readonly #wrapping = new Float64Array(WRAPUP.bins);
  /** Talks ending per second, by bin; probability that a wrap-up ends within s seconds, by bin; the area under a new wrap-up's. */
  readonly #talkHazard = new Float64Array(TALK.bins);
  readonly #wrapupWithin = Array.from({ length: WRAPUP.bins }, () => new Float64Array(HORIZON));
  readonly #area = new Float64Array(HORIZON);

  constructor(known?: unknown) {
    const state: { talk?: unknown; wrapup?: unknown } = typeof known === 'object' && known !== null ? known : {};
    this.#talk = new DurationEstimate(TALK, state.talk);
    this.#wrapup = new DurationEstimate(WRAPUP, state.wrapup);
    this.tabulate();
  }

  get talkSeconds(): number {
    return this.#talk.mean;
  }

  get wrapupSeconds(): number {
    return this.#wrapup.mean;
  }

  /** Time lived since the last look, and what ended. */
  learn({ events }: PacingFloor, seconds: number): void {
    for (let bin = 0; bin < this.#talking.length; bin += 1) if (this.#talking[bin]) this.#talk.live(bin, (this.#talking[bin] ?? 0) * seconds);
    for (let bin = 0; bin < this.#wrapping.length; bin += 1) if (this.#wrapping[bin]) this.#wrapup.live(bin, (this.#wrapping[bin] ?? 0) * seconds);
    for (const event of events) {
      if (event.kind === 'talked') this.#talk.end(event.ms);
      else if (event.kind === 'wrapped') this.#wrapup.end(event.ms);
    }
  }

  /**
   * Mean and variance of the agents who become free within s seconds and the patience of who waits for them, for each s of
   * `mean`; returns how many are free now. Agents who talk count with the wrap-up that follows.
   */
  free(floor: PacingFloor, mean: Float64Array, variance: Float64Array): number {
    this.#talking.fill(0);
    this.#wrapping.fill(0);
    let ready = 0;
    let hazard = 0;
    let talking = 0;
    for (const { state, sinceMs } of floor.agents) {
      const ms = floor.nowMs - sinceMs;
      if (state === 'ready') ready += 1;
      else if (state === 'wrapup') {
        const bin = this.#wrapup.bin(ms);
        this.#wrapping[bin] = (this.#wrapping[bin] ?? 0) + 1;
      } else {
        const bin = this.#talk.bin(ms);
        hazard += this.#talkHazard[bin] ?? 0;
        talking += 1;
        // Calls of another campaign teach nothing about the talks of this one.
        if (state === 'talking') this.#talking[bin] = (this.#talking[bin] ?? 0) + 1;
      }
    }
    const patience = Math.floor(floor.limits.patienceMs / 1000);
    for (let s = 0; s < mean.length; s += 1) {
      const until = Math.min(HORIZON - 1, s + patience);
      // hazard × ∫ wrap-up's distribution: a talk ends anywhere in the horizon, then its wrap-up does.
      const ended = talking === 0 ? 0 : (hazard * (this.#area[until] ?? 0)) / (1 + ((hazard / talking) * until) / 2);
      mean[s] = ended;
      variance[s] = ended;
    }
    for (let bin = 0; bin < this.#wrapping.length; bin += 1) {
      const agents = this.#wrapping[bin] ?? 0;
      const within = this.#wrapupWithin[bin];
      if (agents === 0 || !within) continue;
      for (let s = 0; s < mean.length; s += 1) {
        const chance = within[Math.min(HORIZON - 1, s + patience)] ?? 0;
        mean[s] = (mean[s] ?? 0) + agents * chance;
        variance[s] = (variance[s] ?? 0) + agents * chance * (1 - chance);
      }
    }
    return ready;
  }

  tabulate(): void {
    this.#talk.refresh();
    this.#wrapup.refresh();
    for (let bin = 0; bin < this.#talkHazard.length; bin += 1) this.#talkHazard[bin] = this.#talk.hazard(bin);
    this.#wrapupWithin.forEach((within, bin) => this.#wrapup.within(bin, within));
    const fresh = new Float64Array(HORIZON);
    this.#wrapup.within(-0.5, fresh);
    for (let s = 1; s < HORIZON; s += 1) this.#area[s] = (this.#area[s - 1] ?? 0) + ((fresh[s - 1] ?? 0) + (fresh[s] ?? 0)) / 2;
  }

  state(): { talk: number[]; wrapup: number[] } {
    return { talk: this.#talk.state(), wrapup: this.#wrapup.state() };
  }
}
