/** Most batches kept; then neighbours are joined, so that batches grow with the run and become independent. */
const MOST_BATCHES = 64;

/**
 * Means of a long run with honest intervals: sums are kept by batches of equal length, and the batches'
 * scatter (jackknife: the figure without one batch at a time) gives the error, also of ratios and variances.
 */
export class BatchMeans {
  #batches: number[][] = [];
  readonly #joins: boolean;

  /** `joins`: false keeps every batch, e.g. where each is an independent day. */
  constructor(joins = true) {
    this.#joins = joins;
  }

  get count(): number {
    return this.#batches.length;
  }

  add(sums: readonly number[]): void {
    this.#batches.push([...sums]);
  }

  /** Call between batches: true when the batches were joined, and the next ones must be twice as long. */
  join(): boolean {
    if (!this.#joins || this.#batches.length < MOST_BATCHES) return false;
    this.#batches = Array.from({ length: MOST_BATCHES / 2 }, (_, i) => plus(this.#batches[2 * i] ?? [], this.#batches[2 * i + 1] ?? []));
    return true;
  }

  /** The figure and the half-width of its interval of `confidence` (two-sided). */
  estimate(figure: (sums: readonly number[]) => number, confidence: number): { value: number; halfWidth: number } {
    const total = this.#batches.reduce((sum, batch) => plus(sum, batch), []);
    const value = figure(total);
    const n = this.#batches.length;
    const without = this.#batches.map((batch) => figure(minus(total, batch)));
    const mean = without.reduce((sum, x) => sum + x, 0) / n;
    const variance = ((n - 1) / n) * without.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    return { value, halfWidth: studentQuantile(1 - (1 - confidence) / 2, n - 1) * Math.sqrt(variance) };
  }
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((x, i) => x - (b[i] ?? 0));
}

/** Student's t by the Cornish-Fisher expansion: good to 0.1 % from 10 degrees of freedom on. */
export function studentQuantile(probability: number, freedom: number): number {
  const z = normalQuantile(probability);
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / freedom + g2 / freedom ** 2 + g3 / freedom ** 3;
}

/** Inverse of the normal distribution by bisection on a series: exactness matters here, speed does not. */
function normalQuantile(probability: number): number {
  let [low, high] = [-9, 9];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(Z ≤ z), by Marsaglia's series. */
function normalShare(z: number): number {
  let [sum, term] = [z, z];
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && i < 400; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
