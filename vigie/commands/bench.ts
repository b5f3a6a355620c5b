import { cpus, totalmem } from 'node:os';
import type { Command } from 'commander';
import { LARGEST_SPREAD, type BenchResult, type Estimated } from '../bench/bench.ts';
import { readmeTable } from '../bench/readme-table.ts';
import { BENCHES } from '../bench/registry.ts';
import { runBench, runOnce } from '../bench/run.ts';
import type { Builder } from '../main.ts';
import { print, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

interface BenchOptions { only?: string; rounds: string; markdown?: boolean; once?: string[]; json?: boolean }

const MOST_ROUNDS = 50;

export function addBench(program: Command, { buildDashboard }: Builder): void {
  const names = BENCHES.map((bench) => bench.name).join(', ');
  const command = program.command('bench').description('measures speed: fresh processes, alternating order, median of five; pacing by its seeds, once').option('--only <names>', `some of ${names}`)
    .option('--markdown', 'print the table of the README at the end').option('--rounds <number>', 'rounds of each bench: fewer for a first look', '5').addHelpText('after', `\nBenches:\n${BENCHES.map(({ name, describe }) => `  ${name.padEnd(14)}  ${describe}`).join('\n')}`);
  // Bench, variant or "prepare", shared folder, scratch folder: what the fresh processes are asked.
  command.addOption(command.createOption('--once <args...>').hideHelp());
  withJsonOption(command).action(async (options: BenchOptions) => {
    if (options.once) {
      const [name = '', what = '', shared = '', scratch = ''] = options.once;
      print(JSON.stringify(await runOnce(benchOf(name), what, shared, scratch)));
      return;
    }
    const chosen = options.only === undefined ? BENCHES : options.only.split(',').map((name) => benchOf(name.trim()));
    const rounds = Number(options.rounds);
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > MOST_ROUNDS) throw new UsageError(`--rounds ${options.rounds}: a whole number from 1 to ${MOST_ROUNDS} is expected`);
    // What runs the whole program serves its pages too.
    buildDashboard();
    const progress = startProgress();
    const results: BenchResult[] = [];
    for (const bench of chosen) {
      results.push(await runBench(bench, (text) => progress.show(text), rounds));
      progress.done();
      const last = results.at(-1);
      if (last && !options.json) print(textOf(last));
    }
    const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20), node: process.version };
    if (options.json) print(JSON.stringify({ machine, results }));
    else if (options.markdown) print(`\n${readmeTable(results)}\n\n${machine.processor}, ${machine.cores} cores, ${Math.round(machine.memoryMb / 1024)} GB, Node ${machine.node}`);
    if (results.some((result) => !result.ok)) process.exitCode = 1;
  });
}

function benchOf(name: string): (typeof BENCHES)[number] {
  const found = BENCHES.find((bench) => bench.name === name);
  if (!found) throw new UsageError(`there is no bench ${name}; choose among ${BENCHES.map((bench) => bench.name).join(', ')}`);
  return found;
}

function textOf({ name, unit, variants, ratios, limits, tooWide }: BenchResult): string {
  const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 });
  const verdict = (ok: boolean): string => (ok ? 'ok' : 'MISSED');
  const wide = (name: string): string => (tooWide.includes(name) ? `  TOO WIDE (at most ${LARGEST_SPREAD * 100} %)` : '');
  const percent = (share: number): string => `spread ${Math.round(share * 100)} %`;
  const estimated = ({ value, halfWidth }: Estimated): string => `${number(value)}${halfWidth === null ? '' : ` ± ${number(halfWidth)}`}`;
  const bounds = ({ atLeast, atMost }: { atLeast?: number; atMost?: number }): string => (atLeast === undefined && atMost === undefined ? '(reported only)' : `(${[...(atLeast === undefined ? [] : [`at least ${number(atLeast)}`]), ...(atMost === undefined ? [] : [`at most ${number(atMost)}`])].join(', ')})`);
  const ofSeeds = (mean: Estimated, runs: readonly number[]): string => `${estimated(mean)}${unit === '' ? '' : ` ${unit}`}, ${number(Math.min(...runs))} to ${number(Math.max(...runs))} over ${runs.length} seeds`;
  return [
    name,
    ...Object.entries(variants).map(([variant, { median, spread, runs, mean }]) => `  ${variant}: ${mean ? ofSeeds(mean, runs) : `${number(median)} ${unit}, ${percent(spread)}${wide(variant)}`}`),
    ...ratios.map((ratio) => `  ${ratio.name}: ${estimated({ value: ratio.value, halfWidth: ratio.halfWidth ?? null })} ${bounds(ratio)}${ratio.spread === undefined ? '' : `, ${percent(ratio.spread)}${wide(ratio.name)}`}  ${verdict(ratio.ok)}`),
    ...limits.map((limit) => `  ${limit.name}: ${limit.mean ? `${estimated(limit.mean)} ${limit.unit}` : `median ${number(limit.median)}, worst ${number(limit.worst)} ${limit.unit}`} ${bounds(limit)}  ${verdict(limit.ok)}`),
  ].join('\n');
}
