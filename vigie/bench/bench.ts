/** What a run gives: one number, or several by name. */
export type Measured = number | Record<string, number>;

/** One bench: variants that are measured against each other, each run in a process of its own. */
export interface Bench {
  name: string;
  describe: string;
  /** What a run gives, e.g. `calls/s`. */
  unit: string;
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
 */
export interface Ratio { name: string; of: string; to: string; atLeast?: number; atMost?: number; inTurn?: boolean }

/** `of`, or `of - minus` of the same round, in the bench's unit unless it says another. Every round must hold it, so it may spread. */
export interface Limit { name: string; of: string; minus?: string; atMost: number; unit?: string }

export interface BenchResult {
  name: string;
  unit: string;
  variants: Record<string, { median: number; spread: number; runs: number[] }>;
  /** `spread`: of the rounds' ratios, where both were measured in turn. */
  ratios: { name: string; value: number; spread?: number; atLeast?: number; atMost?: number; ok: boolean }[];
  limits: { name: string; median: number; worst: number; atMost: number; unit: string; ok: boolean }[];
  /** Variants of ratios, or ratios of what was measured in turn, that spread too widely to say anything. */
  tooWide: string[];
  /** Every ratio and limit holds and no spread is too wide. */
  ok: boolean;
}

export const LARGEST_SPREAD = 0.2;

export function summarise(bench: Pick<Bench, 'name' | 'unit' | 'ratios' | 'limits'>, runs: Record<string, number[]>): BenchResult {
  const variants = Object.fromEntries(Object.entries(runs).map(([name, values]) => [name, { median: median(values), spread: spreadOf(values), runs: values }]));
  const ratios = bench.ratios.map(({ name, of, to, atLeast, atMost, inTurn = false }) => {
    const rounds = inTurn ? (runs[of] ?? []).map((value, round) => value / (runs[to]?.[round] ?? Number.NaN)) : [];
    const value = inTurn ? median(rounds) : (variants[of]?.median ?? Number.NaN) / (variants[to]?.median ?? Number.NaN);
    const ok = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
    return { name, value, ok, ...(inTurn ? { spread: spreadOf(rounds) } : {}), ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
  });
  const limits = (bench.limits ?? []).map(({ name, of, minus, atMost, unit = bench.unit }) => {
    const values = (runs[of] ?? []).map((value, round) => value - (minus === undefined ? 0 : (runs[minus]?.[round] ?? Number.NaN)));
    const worst = values.length === 0 ? Number.NaN : Math.max(...values);
    return { name, median: median(values), worst, atMost, unit, ok: worst <= atMost };
  });
  const compared = new Set(bench.ratios.flatMap(({ of, to, inTurn }) => (inTurn === true ? [] : [of, to])));
  const tooWide = [
    ...Object.entries(variants).flatMap(([name, { spread }]) => (compared.has(name) && !(spread <= LARGEST_SPREAD) ? [name] : [])),
    ...ratios.flatMap(({ name, spread = 0 }) => (spread <= LARGEST_SPREAD ? [] : [name])),
  ];
  const ok = ratios.every((ratio) => ratio.ok) && limits.every((limit) => limit.ok) && tooWide.length === 0;
  return { name: bench.name, unit: bench.unit, variants, ratios, limits, tooWide, ok };
}

function spreadOf(values: number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
