import type { BenchResult } from './bench.ts';

/** The README's table of a whole run: a line for each ratio and limit. */
export function readmeTable(results: readonly BenchResult[]): string {
  const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  const lines = results.flatMap(({ name, ratios, limits }) => [
    ...ratios.map(({ name: what, value, atLeast, atMost, ok }) => [name, what, atLeast === undefined ? `≤ ${number(atMost ?? Number.NaN)}` : `≥ ${number(atLeast)}`, number(value), ok]),
    ...limits.map(({ name: what, median, worst, atMost, unit, ok }) => [name, what, `≤ ${number(atMost)} ${unit}`, `${number(median)} ${unit} (worst ${number(worst)})`, ok]),
  ]);
  return ['| Bench | What | Target | Measured | |', '|---|---|---|---|---|', ...lines.map(([bench, what, target, measured, ok]) => `| ${String(bench)} | ${String(what)} | ${String(target)} | ${String(measured)} | ${ok === true ? '✓' : 'missed'} |`)].join('\n');
}
