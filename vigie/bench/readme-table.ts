import type { BenchResult, Estimated } from './bench.ts';

/** The README's table of a whole run: a line for each ratio and limit. */
export function readmeTable(results: readonly BenchResult[]): string {
  const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  const estimated = ({ value, halfWidth }: Estimated): string => `${number(value)}${halfWidth === null ? '' : ` ± ${number(halfWidth)}`}`;
  const target = ({ atLeast, atMost }: { atLeast?: number; atMost?: number }, unit = ''): string => (atLeast !== undefined ? `≥ ${number(atLeast)}${unit}` : atMost !== undefined ? `≤ ${number(atMost)}${unit}` : 'reported only');
  const lines = results.flatMap(({ name, ratios, limits }) => [
    ...ratios.map(({ name: what, value, halfWidth = null, ok, ...bounds }) => [name, what, target(bounds), estimated({ value, halfWidth }), ok]),
    ...limits.map(({ name: what, median, worst, mean, unit, ok, ...bounds }) => [name, what, target(bounds, ` ${unit}`), mean ? `${estimated(mean)} ${unit}` : `${number(median)} ${unit} (worst ${number(worst)})`, ok]),
  ]);
  return ['| Bench | What | Target | Measured | |', '|---|---|---|---|---|', ...lines.map(([bench, what, target, measured, ok]) => `| ${String(bench)} | ${String(what)} | ${String(target)} | ${String(measured)} | ${ok === true ? '✓' : 'missed'} |`)].join('\n');
}
