/** One bench: variants that are measured against each other, each run in a process of its own. */
export interface Bench {
  name: string;
  describe: string;
  /** What a run gives, e.g. `calls/s`. */
  unit: string;
  /** Makes what the runs share, once, in `folder`. */
  prepare?(folder: string): Promise<void>;
  /** Name → one measurement. `scratch` is empty and thrown away after the run. */
  variants: Record<string, (folders: { shared: string; scratch: string }) => Promise<number>>;
  ratios: Ratio[];
}

/** `of / to`, of the medians. */
export interface Ratio { name: string; of: string; to: string; atLeast?: number; atMost?: number }

export interface BenchResult {
  name: string;
  unit: string;
  variants: Record<string, { median: number; spread: number; runs: number[] }>;
  ratios: { name: string; value: number; atLeast?: number; atMost?: number; ok: boolean }[];
  /** Every ratio holds and no spread is too wide. */
  ok: boolean;
}

export const LARGEST_SPREAD = 0.2;

export function summarise(bench: Pick<Bench, 'name' | 'unit' | 'ratios'>, runs: Record<string, number[]>): BenchResult {
  const variants = Object.fromEntries(Object.entries(runs).map(([name, values]) => {
    const middle = median(values);
    return [name, { median: middle, spread: (Math.max(...values) - Math.min(...values)) / middle, runs: values }];
  }));
  const ratios = bench.ratios.map(({ name, of, to, atLeast, atMost }) => {
    const value = (variants[of]?.median ?? Number.NaN) / (variants[to]?.median ?? Number.NaN);
    const ok = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
    return { name, value, ok, ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
  });
  const ok = ratios.every((ratio) => ratio.ok) && Object.values(variants).every(({ spread }) => spread <= LARGEST_SPREAD);
  return { name: bench.name, unit: bench.unit, variants, ratios, ok };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
