import { toNumbers } from './duration-estimate.ts';

/** Dials whose evidence counts: an hour of fifty agents. */
const MEMORY_DIALS = 4_000;
/** Before anything is known: dials' worth of a belief that persons answer often. */
const PRIOR_DIALS = 15;
const PRIOR_SHARE = 0.35;
/** Standard deviation by which the answer rate differs from the estimate because lists and hours differ. */
const DRIFT = 0.05;

/**
 * When dials are answered by a person, or end otherwise, by whole seconds since the dial: events / dials still ringing, for each second, so
 * that dials whose end is not known yet count as what they are.
 */
export class AnswerEstimate {
  readonly seconds: number;
  readonly #person: Float64Array;
  readonly #other: Float64Array;
  readonly #exposure: Float64Array;
  #weight = 1;
  #evidence = 0;
  #dials = 0;
  /** `within[age × (horizon + 1) + s]`: probability that a dial of this age is answered by a person within s seconds;  */
  readonly horizon: number;
  readonly within: Float64Array;

  constructor(maximumRingSeconds: number, known?: unknown) {
    this.seconds = maximumRingSeconds + 2;
    this.horizon = maximumRingSeconds;
    this.#person = new Float64Array(this.seconds);
    this.#other = new Float64Array(this.seconds);
    this.#exposure = new Float64Array(this.seconds);
    this.within = new Float64Array(this.seconds * (this.horizon + 1));
    const stored = toNumbers(known, 3 * this.seconds);
    if (stored) this.#restore(stored);
    else this.#believe(maximumRingSeconds);
    this.tabulate();
  }

  ended(afterMs: number, person: boolean): void {
    const second = Math.min(this.seconds - 1, Math.max(0, Math.floor(afterMs / 1000)));
    this.#weight *= 1 + 1 / MEMORY_DIALS;
    const events = person ? this.#person : this.#other;
    events[second] = (events[second] ?? 0) + this.#weight;
    this.#evidence += this.#weight * (person ? 1 : 0);
    this.#dials += this.#weight;
    if (this.#weight > 1e6) this.fade(1);
  }

  rang(age: number, seconds: number): void {
    const second = Math.min(this.seconds - 1, age);
    this.#exposure[second] = (this.#exposure[second] ?? 0) + this.#weight * seconds;
  }

  /** Past evidence counts `factor` (0..1) of what it did; persons' answers `persons` times as much besides, where the rate is known to have changed. */
  fade(factor: number, persons = 1): void {
    const scale = factor / this.#weight;
    for (let second = 0; second < this.seconds; second += 1) {
      this.#person[second] = (this.#person[second] ?? 0) * scale * persons;
      this.#other[second] = (this.#other[second] ?? 0) * scale;
      this.#exposure[second] = (this.#exposure[second] ?? 0) * scale;
    }
    this.#evidence *= scale;
    this.#dials *= scale;
    this.#weight = 1;
  }

  /** Persons who answer per second among dials of this age. */
  hazard(age: number): number {
    return (this.#person[age] ?? 0) / Math.max(1e-9, this.#exposure[age] ?? 0, this.#person[age] ?? 0);
  }

  /** Dials whose end was seen, in today's weight: all of the memory when much was seen. */
  get evidence(): number {
    return this.#dials / this.#weight;
  }

  /** Relative error of the expected answers, as far as counting persons gives it, and what a campaign drifts. */
  get relativeVariance(): number {
    return 1 / (1 + this.#evidence / this.#weight) + DRIFT ** 2;
  }

  /** Share of dials that a person answers in the end. */
  get share(): number {
    return this.within[this.horizon] ?? 0;
  }

  /** Mean seconds until a person answers. */
  get meanSeconds(): number {
    let area = 0;
    for (let s = 0; s < this.horizon; s += 1) area += this.share - (this.within[s] ?? 0);
    return this.share > 0 ? area / this.share : 0;
  }

  /** Makes the tables anew from the evidence: not each second, it is the dear part. */
  tabulate(): void {
    const width = this.horizon + 1;
    for (let age = 0; age < this.seconds; age += 1) {
      let [rings, answered] = [1, 0];
      for (let s = 0; s < width; s += 1) {
        this.within[age * width + s] = answered;
        const at = age + s;
        if (at >= this.seconds) continue;
        const person = this.hazard(at);
        const all = Math.min(1, person + (this.#other[at] ?? 0) / Math.max(1e-9, this.#exposure[at] ?? 0));
        answered += rings * person;
        rings *= 1 - all;
      }
    }
  }

  state(): number[] {
    return [...this.#person, ...this.#other, ...this.#exposure].map((value) => Number((value / this.#weight).toPrecision(5)));
  }

  #restore(stored: number[]): void {
    for (let second = 0; second < this.seconds; second += 1) {
      this.#person[second] = stored[second] ?? 0;
      this.#other[second] = stored[this.seconds + second] ?? 0;
      this.#exposure[second] = stored[2 * this.seconds + second] ?? 0;
      this.#evidence += this.#person[second] ?? 0;
      this.#dials += (this.#person[second] ?? 0) + (this.#other[second] ?? 0);
    }
  }

  /** Persons answer evenly from the second to the twelfth second, the rest rings to the end. */
  #believe(maximumRingSeconds: number): void {
    let ringing = PRIOR_DIALS;
    for (let second = 0; second < this.seconds; second += 1) {
      this.#exposure[second] = ringing;
      if (second >= 2 && second < 12) this.#person[second] = (PRIOR_DIALS * PRIOR_SHARE) / 10;
      if (second >= maximumRingSeconds) this.#other[second] = ringing;
      ringing = Math.max(0.1, ringing - (this.#person[second] ?? 0) - (this.#other[second] ?? 0));
    }
  }
}
