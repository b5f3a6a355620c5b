import { BatchMeans } from '../../telephony/theory/batch-means.ts';

/** What a run gives: one number, or several by name; of a seeded bench lists too, a number for each seed. */
export type Measured = number | Record<string, number | number[]>;

/** One bench: variants that are measured against each other, each run in a process of its own. */
export interface Bench {
  name: string;
  describe: string;
  /** What a run gives, e.g. `calls/s`. */
  unit: string;
  /**
   * What it measures follows from seeds alone, not from the machine: it runs once. Its figures are means over the seeds with their
   * interval, ratios are of the means over the seeds that both have, and seeds may spread.
   */
  seeded?: true;
  /** Makes what the runs share, once, in `folder`. */
  prepare?(folder: string): Promise<void>;
  /** Name → one measurement. `scratch` is empty and thrown away after the run. Several numbers are called `variant, name`. */
  variants: Record<string, (folders: { shared: string; scratch: string }) => Promise<Measured>>;
  ratios: Ratio[];
  limits?: Limit[];
}

/**
 * `of / to`, of the medians; what they are made from may not spread. With `inTurn` a run measures both, question by question in
 * turn, so that a machine that is slower for a while is so for both: then it is the median of the rounds' ratios, and these may not spread.
 * Without a bound it is told, and may spread.
 */
export interface Ratio { name: string; of: string; to: string; atLeast?: number; atMost?: number; inTurn?: boolean }

/**
 * `of`, or `of - minus` of the same round, in the bench's unit unless it says another. Every round must hold it, so it may spread;
 * with `mean` the mean over the seeds must.
 */
export interface Limit { name: string; of: string; minus?: string; atMost?: number; atLeast?: number; unit?: string; mean?: true }

/** A mean or a ratio of means and the half-width of its interval of 95 %; null from one seed alone. */
export interface Estimated { value: number; halfWidth: number | null }

export interface BenchResult {
  name: string;
  unit: string;
  variants: Record<string, { median: number; spread: number; runs: number[]; mean?: Estimated }>;
  /** `spread`: of the rounds' ratios, where both were measured in turn. `halfWidth`: of the interval, where seeds were lived. */
  ratios: { name: string; value: number; spread?: number; halfWidth?: number | null; atLeast?: number; atMost?: number; ok: boolean }[];
  limits: { name: string; median: number; worst: number; mean?: Estimated; atMost?: number; atLeast?: number; unit: string; ok: boolean }[];
  /** Variants of ratios, or ratios of what was measured in turn, that spread too widely to say anything. */
  tooWide: string[];
  /** Every ratio and limit holds and no spread is too wide. */
  ok: boolean;
}

export const LARGEST_SPREAD = 0.2;
const CONFIDENCE = 0.95;

export function summarise(bench: Pick<Bench, 'name' | 'unit' | 'seeded' | 'ratios' | 'limits'>, runs: Record<string, number[]>): BenchResult {
  const { seeded = false } = bench;
  const variants = Object.fromEntries(Object.entries(runs).map(([name, values]) => [name, { median: median(values), spread: spreadOf(values), runs: values, ...(seeded ? { mean: meanOf(values) } : {}) }]));
  const ratios = bench.ratios.map(({ name, of, to, atLeast, atMost, inTurn = false }) => {
    const rounds = inTurn ? (runs[of] ?? []).map((value, round) => value / (runs[to]?.[round] ?? Number.NaN)) : [];
    const estimated = seeded ? ratioOf(runs[of] ?? [], runs[to] ?? []) : null;
    const value = estimated ? estimated.value : inTurn ? median(rounds) : (variants[of]?.median ?? Number.NaN) / (variants[to]?.median ?? Number.NaN);
    return { name, value, ok: holds(value, { atLeast, atMost }), ...(estimated ? { halfWidth: estimated.halfWidth } : {}), ...(inTurn ? { spread: spreadOf(rounds) } : {}), ...bounds(atLeast, atMost) };
  });
  const limits = (bench.limits ?? []).map(({ name, of, minus, atMost, atLeast, unit = bench.unit, mean = false }) => {
    const values = (runs[of] ?? []).map((value, round) => value - (minus === undefined ? 0 : (runs[minus]?.[round] ?? Number.NaN)));
    const worst = values.length === 0 ? Number.NaN : atMost === undefined ? Math.min(...values) : Math.max(...values);
    const estimated = mean ? meanOf(values) : null;
    return { name, median: median(values), worst, unit, ok: holds(estimated ? estimated.value : worst, { atLeast, atMost }), ...(estimated ? { mean: estimated } : {}), ...bounds(atLeast, atMost) };
  });
  const bounded = bench.ratios.filter(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined);
  const compared = new Set(seeded ? [] : bounded.flatMap(({ of, to, inTurn }) => (inTurn === true ? [] : [of, to])));
  const tooWide = [
    ...Object.entries(variants).flatMap(([name, { spread }]) => (compared.has(name) && !(spread <= LARGEST_SPREAD) ? [name] : [])),
    ...ratios.flatMap(({ name, spread = 0 }) => (spread <= LARGEST_SPREAD || !bounded.some((one) => one.name === name) ? [] : [name])),
  ];
  const ok = ratios.every((ratio) => ratio.ok) && limits.every((limit) => limit.ok) && tooWide.length === 0;
  return { name: bench.name, unit: bench.unit, variants, ratios, limits, tooWide, ok };
}

/** False also for what is no number. */
function holds(value: number, { atLeast = -Infinity, atMost = Infinity }: { atLeast: number | undefined; atMost: number | undefined }): boolean {
  return value >= atLeast && value <= atMost;
}

function bounds(atLeast: number | undefined, atMost: number | undefined): { atLeast?: number; atMost?: number } {
  return { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
}

function meanOf(values: readonly number[]): Estimated {
  return estimate(values.map((value) => [value, 1]));
}

/** Of the seeds that both have: they are in the same order, and one may have lived fewer. */
function ratioOf(of: readonly number[], to: readonly number[]): Estimated {
  return estimate(of.slice(0, to.length).map((value, seed) => [value, to[seed] ?? Number.NaN]));
}

function estimate(pairs: readonly (readonly [number, number])[]): Estimated {
  if (pairs.length === 0) return { value: Number.NaN, halfWidth: null };
  const seeds = new BatchMeans(false);
  for (const pair of pairs) seeds.add(pair);
  const { value, halfWidth } = seeds.estimate(([a = Number.NaN, b = Number.NaN]) => a / b, CONFIDENCE);
  return { value, halfWidth: pairs.length < 2 ? null : halfWidth };
}

function spreadOf(values: number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
