import { cpus, totalmem } from 'node:os';
import type { Command } from 'commander';
import { LARGEST_SPREAD, type BenchResult } from '../bench/bench.ts';
import { BENCHES } from '../bench/registry.ts';
import { runBench, runOnce } from '../bench/run.ts';
import { print, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

interface BenchOptions { only?: string; once?: string[]; json?: boolean }

export function addBench(program: Command): void {
  const names = BENCHES.map((bench) => bench.name).join(', ');
  const command = program.command('bench').description('measures speed: fresh processes, alternating order, median of five').option('--only <names>', `some of ${names}`);
  // Bench, variant or "prepare", shared folder, scratch folder: what the fresh processes are asked.
  command.addOption(command.createOption('--once <args...>').hideHelp());
  withJsonOption(command).action(async (options: BenchOptions) => {
    if (options.once) {
      const [name = '', what = '', shared = '', scratch = ''] = options.once;
      print(String(await runOnce(benchOf(name), what, shared, scratch)));
      return;
    }
    const chosen = options.only === undefined ? BENCHES : options.only.split(',').map((name) => benchOf(name.trim()));
    const progress = startProgress();
    const results: BenchResult[] = [];
    for (const bench of chosen) {
      results.push(await runBench(bench, (text) => progress.show(text)));
      progress.done();
      const last = results.at(-1);
      if (last && !options.json) print(textOf(last));
    }
    const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20), node: process.version };
    if (options.json) print(JSON.stringify({ machine, results }));
    if (results.some((result) => !result.ok)) process.exitCode = 1;
  });
}

function benchOf(name: string): (typeof BENCHES)[number] {
  const found = BENCHES.find((bench) => bench.name === name);
  if (!found) throw new UsageError(`there is no bench ${name}; choose among ${BENCHES.map((bench) => bench.name).join(', ')}`);
  return found;
}

function textOf({ name, unit, variants, ratios }: BenchResult): string {
  const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 });
  return [
    name,
    ...Object.entries(variants).map(([variant, { median, spread }]) => `  ${variant}: ${number(median)} ${unit}, spread ${Math.round(spread * 100)} %${spread > LARGEST_SPREAD ? '  TOO WIDE' : ''}`),
    ...ratios.map(({ name: ratio, value, atLeast, atMost, ok }) => `  ${ratio}: ${number(value)}${atLeast === undefined ? '' : ` (at least ${atLeast})`}${atMost === undefined ? '' : ` (at most ${atMost})`}${ok ? '' : '  MISSED'}`),
  ].join('\n');
}
