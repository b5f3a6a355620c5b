import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { summarise, type Bench, type BenchResult, type Measured } from './bench.ts';

const ROUNDS = 5;
const measuredSchema = z.union([z.number(), z.record(z.string(), z.union([z.number(), z.array(z.number())]))]);

/** Measures a bench: every run in a fresh process, the variants in alternating order; a seeded one once. */
export async function runBench(bench: Bench, onStep: (text: string) => void, asked = ROUNDS): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), `vigie-bench-${bench.name}-`));
  const shared = join(folder, 'shared');
  const rounds = bench.seeded ? 1 : asked;
  try {
    mkdirSync(shared);
    onStep(`${bench.name}: preparing`);
    await inChild(bench.name, 'prepare', shared, shared);
    const names = Object.keys(bench.variants);
    const runs: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        onStep(`${bench.name}: round ${round + 1} of ${rounds}, ${name}`);
        const scratch = mkdtempSync(join(folder, 'scratch-'));
        const measured = await inChild(bench.name, name, shared, scratch);
        for (const [key, value] of typeof measured === 'number' ? [[name, measured] as const] : Object.entries(measured).map(([part, number]) => [`${name}, ${part}`, number] as const)) (runs[key] ??= []).push(...[value].flat());
        rmSync(scratch, { recursive: true, force: true });
      }
    }
    return summarise(bench, runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the fresh process does: one preparation, or one measurement. */
export async function runOnce(bench: Bench, what: string, shared: string, scratch: string): Promise<Measured> {
  if (what === 'prepare') {
    await bench.prepare?.(shared);
    return 0;
  }
  const variant = bench.variants[what];
  if (!variant) throw new Error(`bench ${bench.name} has no variant ${what}`);
  return variant({ shared, scratch });
}

/** The result is the last line of what the process writes. */
function inChild(...args: string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1] ?? '', 'bench', '--once', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      const measured = code === 0 ? measuredSchema.safeParse(jsonOf(out.trim().split('\n').at(-1) ?? '')) : null;
      if (measured?.success) resolve(measured.data);
      else reject(new Error(`bench ${args.slice(0, 2).join(' ')} failed with code ${code}`));
    });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
