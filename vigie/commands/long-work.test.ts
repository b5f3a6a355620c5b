import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BENCHES } from '../bench/registry.ts';
import { runProgram } from '../fixtures/run-program.ts';
import { runOnTerminal } from '../fixtures/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-long-work-'));
// The first run compiles the program and says so.
beforeAll(() => runProgram(['--help']), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CALLS = 20_000;
const IMPORT = ['import', 'rows.ndjson', '--mapping', 'od-calls', '--json', '--data'];
const SIMULATE = ['simulate', '--from', '2026-01-04', '--days', '1', '--json', '--data'];
const HTTP_INGEST = ['bench', '--only', 'http-ingest', '--rounds', '1', '--json'];

const onTerminal = (args: string[]) => runOnTerminal(args, { cwd: folder, out: join(folder, 'out.json') });

/** The texts that the progress line had, one after another. */
const linesOf = (drawn: string): string[] => drawn.split('\r\u001B[K').filter((line) => line !== '');

function writeCalls(): void {
  const call = (index: number): string => JSON.stringify({ ID: index.toString(16).toUpperCase().padStart(32, '0'), CustomerID: 1, CallType: 1, CallUniversalTime: '2026-01-04 10:00:00.000', Duration: 5 });
  writeFileSync(join(folder, 'rows.ndjson'), `${Array.from({ length: CALLS }, (_, index) => call(index)).join('\n')}\n`);
}

// Windows has no `script`, that of macOS takes other arguments.
describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
  test('an import tells how far it is; standard output is its JSON alone', async () => {
    writeCalls();
    const { code, stdout, drawn } = await onTerminal([...IMPORT, 'on a terminal']);
    expect([code, stdout]).toEqual([0, `${JSON.stringify({ accepted: CALLS, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 })}\n`]);
    const lines = linesOf(drawn);
    expect(lines[0]).toMatch(/^reading \d+ %$/);
    expect(lines).toContain('loading …');
    expect(drawn.endsWith('\r\u001B[K')).toBe(true);
  });

  test('a simulation tells its day and its share', async () => {
    const { code, stdout, drawn } = await onTerminal([...SIMULATE, 'simulated on a terminal']);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ days: 1, quarantined: 0 })]);
    expect(linesOf(drawn)[0]).toMatch(/^2026-01-0\d  \d+ %  \d+ rows of calls$/);
    expect(drawn.endsWith('\r\u001B[K')).toBe(true);
  });

  test('a bench tells its round; its JSON has the machine, every run and the verdicts', async () => {
    const { code, stdout, drawn } = await onTerminal(HTTP_INGEST);
    const { machine, results } = benchAnswer.parse(JSON.parse(stdout));
    expect([machine.cores > 0, results.map(({ name }) => name)]).toEqual([true, ['http-ingest']]);
    const [{ variants, ratios, ok } = {}] = results;
    expect(Object.keys(variants ?? {})).toEqual(['http', 'engine']);
    expect(ratios?.map(({ name, atLeast, value }) => [name, atLeast, value > 0])).toEqual([['http / engine', 0.3, true]]);
    // A missed target is a failure: which of both it is depends on what else runs here.
    expect(code).toBe(ok ? 0 : 1);
    expect(drawn).toContain('http-ingest: preparing');
    expect(drawn).toContain('http-ingest: round 1 of 1, engine');
  }, 300_000);
});

const benchAnswer = z.strictObject({
  machine: z.strictObject({ processor: z.string(), cores: z.number(), memoryMb: z.number(), node: z.string() }),
  results: z.array(z.object({
    name: z.string(), unit: z.literal('calls/s'), ok: z.boolean(), tooWide: z.array(z.string()), limits: z.array(z.never()),
    variants: z.record(z.string(), z.object({ median: z.number().positive(), spread: z.literal(0), runs: z.array(z.number()).length(1) })),
    ratios: z.array(z.object({ name: z.string(), value: z.number(), atLeast: z.number(), ok: z.boolean() })),
  })),
});

test('without a terminal nothing is drawn', async () => {
  writeCalls();
  for (const command of [IMPORT, SIMULATE]) {
    const { code, stdout, stderr } = await runProgram([...command, 'without a terminal'], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ quarantined: 0 });
  }
});

test.each([['no-such-bench'], ['simulation,no-such-bench']])('bench --only %s: wrong usage, with the names that there are', async (only) => {
  const { code, stdout, stderr } = await runProgram(['bench', '--only', only, '--json']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`there is no bench no-such-bench; choose among ${BENCHES.map(({ name }) => name).join(', ')}`);
});

test.each(['0', '51', 'x', '1.5'])('bench --rounds %s: wrong usage', async (rounds) => {
  const { code, stdout, stderr } = await runProgram(['bench', '--only', 'http-ingest', '--rounds', rounds]);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`--rounds ${rounds}: a whole number from 1 to 50`)]);
});
