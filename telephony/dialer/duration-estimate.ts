/**
 * How a duration ends, learned from durations that ended and from those that still run: events / exposure by elapsed time (a hazard), so
 * that long durations which are not over yet count too. Older evidence fades by `memory` ended durations.
 */
export class DurationEstimate {
  readonly #binMs: number;
  readonly #memory: number;
  readonly ended: Float64Array;
  /** Seconds lived in each bin. */
  readonly exposure: Float64Array;
  #weight = 1;
  #mean = 1;

  /** @param priorMean seconds, worth `priorWeight` ended durations until evidence comes. */
  constructor(setting: { binMs: number; bins: number; memory: number; priorMean: number; priorWeight: number }, known?: unknown) {
    this.#binMs = setting.binMs;
    this.#memory = setting.memory;
    this.ended = new Float64Array(setting.bins);
    this.exposure = new Float64Array(setting.bins);
    const stored = toNumbers(known, 2 * setting.bins);
    for (let bin = 0; bin < setting.bins; bin += 1) {
      this.ended[bin] = stored?.[bin] ?? (setting.priorWeight / setting.bins);
      this.exposure[bin] = stored?.[setting.bins + bin] ?? (setting.priorWeight * setting.priorMean / setting.bins);
    }
    this.refresh();
  }

  bin(ms: number): number {
    return Math.min(this.ended.length - 1, Math.max(0, Math.floor(ms / this.#binMs)));
  }

  end(ms: number): void {
    const bin = this.bin(ms);
    this.#weight *= 1 + 1 / this.#memory;
    this.ended[bin] = (this.ended[bin] ?? 0) + this.#weight;
    if (this.#weight > 1e6) this.#rescale(1 / this.#weight);
  }

  live(bin: number, seconds: number): void {
    this.exposure[bin] = (this.exposure[bin] ?? 0) + this.#weight * seconds;
  }

  /** Past evidence counts `factor` (0..1) of what it did. */
  fade(factor: number): void {
    this.#rescale(factor / this.#weight);
  }

  /** Mean seconds, as of the last {@link refresh}. */
  get mean(): number {
    return this.#mean;
  }

  refresh(): void {
    this.#mean = sum(this.exposure) / Math.max(1e-9, sum(this.ended));
  }

  /** Endings per second at this elapsed time, drawn towards the whole's where little was seen. */
  hazard(bin: number): number {
    const whole = 1 / this.#mean;
    const share = 3 * this.#weight;
    return ((this.ended[bin] ?? 0) + share) / ((this.exposure[bin] ?? 0) + share / whole);
  }

  /** Probability that a duration which has lasted up to the middle of `bin` ends within 0, 1, … seconds. */
  within(bin: number, out: Float64Array): void {
    let survival = 1;
    const binSeconds = this.#binMs / 1000;
    let [at, stays] = [-1, 1];
    for (let second = 0; second < out.length; second += 1) {
      out[second] = 1 - survival;
      const next = Math.min(this.ended.length - 1, Math.floor(bin + 0.5 + (second + 0.5) / binSeconds));
      if (next !== at) [at, stays] = [next, Math.exp(-this.hazard(next))];
      survival *= stays;
    }
  }

  state(): number[] {
    return [...this.ended, ...this.exposure].map((value) => Number((value / this.#weight).toPrecision(5)));
  }

  #rescale(factor: number): void {
    for (let bin = 0; bin < this.ended.length; bin += 1) {
      this.ended[bin] = (this.ended[bin] ?? 0) * factor;
      this.exposure[bin] = (this.exposure[bin] ?? 0) * factor;
    }
    this.#weight = 1;
  }
}

/** The stored numbers, if they are what they should be. */
export function toNumbers(known: unknown, length: number): number[] | null {
  if (!Array.isArray(known) || known.length !== length) return null;
  const numbers = known.filter((value): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0);
  return numbers.length === length ? numbers : null;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total;
}
