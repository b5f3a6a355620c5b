import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../warehouse/sql-files.ts';
import { plainEnvironment, runProgram } from './fixtures/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-cli-'));
// The first run compiles the program.
beforeAll(() => runProgram(['--help']), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = (text: string): unknown => JSON.parse(text);

describe('the command line', () => {
  test('each command explains itself', async () => {
    for (const command of ['start', 'serve', 'telephony', 'ingest', 'simulate', 'import', 'call-file', 'do-not-call', 'notify', 'incidents', 'dial', 'kpi', 'migrate', 'watch', 'bench']) {
      const { code, stdout } = await runProgram([command, '--help']);
      expect([command, code]).toEqual([command, 0]);
      expect(stdout).toContain(`vigie ${command}`);
    }
  });

  test.each([
    [['fly'], 'unknown command'],
    [['kpi', '--measures', 'offered'], '--from'],
    [['kpi', '--measures', 'offered', '--from', '2026-01-01', '--to', '2026-02-01', '--by', 'moon'], '--by'],
    [['kpi', '--measures', 'nothing-like-it', '--from', '2026-01-01', '--to', '2026-02-01'], 'nothing-like-it'],
    [['kpi', '--measures', 'offered', '--from', '2026-01-01', '--to', '2026-02-01', '--where', 'queue'], '--where queue'],
    [['simulate', '--from', 'yesterday', '--days', '1'], '--from'],
    [['simulate', '--from', '2026-01-04', '--days', 'x'], '--days: a whole number is expected'],
    [['import', 'x.csv', '--mapping', 'no-such-mapping'], 'no-such-mapping'],
    [['import', 'x.csv', '--mapping', './x.csv'], 'x.csv is no JSON'],
    [['kpi', '--measures', 'offered', '--from', '2026-01-01', '--to', '2026-01-01'], 'the day after the last one'],
    [['incidents', 'open', '--title', 'x'], '--type'],
    [['notify', 'list', '--state', 'lost'], '--state "lost": one of due, sending, sent'],
  ])('wrong usage ends with 2 and says why: %j', async (args, message) => {
    if (args[0] === 'import') writeFileSync(join(folder, 'x.csv'), 'a\n1\n');
    const { code, stdout, stderr } = await runProgram([...args, ...(args.length > 1 ? ['--data', join(folder, 'usage')] : [])], { cwd: folder });
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('through npm too, paths are those of whoever called', () => {
    writeFileSync(join(folder, 'row.ndjson'), `${JSON.stringify({ ID: 'D'.repeat(32), CustomerID: 1, CallType: 1, CallUniversalTime: '2026-01-04 10:00:00.000', Duration: 5 })}\n`);
    const run = spawnSync('npm', ['--prefix', projectRoot(), 'run', '--silent', 'vigie', '--', 'import', 'row.ndjson', '--mapping', 'od-calls', '--data', 'by npm', '--json'], { cwd: folder, env: plainEnvironment(), encoding: 'utf8', shell: process.platform === 'win32' });
    expect([run.status, run.stdout]).toEqual([0, `${JSON.stringify({ accepted: 1, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 })}\n`]);
    expect(existsSync(join(folder, 'by npm', 'warehouse.duckdb'))).toBe(true);
  });

  test('migrate tells what it would do, does it once, and a server elsewhere is told without its password', async () => {
    const data = ['--data', join(folder, 'migrated'), '--json'];
    const planned = JSON.parse((await runProgram(['migrate', '--dry-run', ...data])).stdout);
    expect(planned.pending[0].name).toBe('0001_create_calls');
    expect(JSON.parse((await runProgram(['migrate', ...data])).stdout)).toEqual({ engine: 'duckdb', applied: planned.pending.map(({ name }: { name: string }) => name) });
    expect(JSON.parse((await runProgram(['migrate', ...data])).stdout)).toEqual({ engine: 'duckdb', applied: [] });
    const { code, stderr } = await runProgram(['migrate', ...data], { env: { VIGIE_WAREHOUSE: 'http://someone:hush@127.0.0.1:9/vigie' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^(?!.*hush).*127\.0\.0\.1:9\/vigie does not answer/);
  });

  test('a failure ends with 1', async () => {
    const { code, stderr } = await runProgram(['import', 'not-there.csv', '--mapping', 'hermes-odcalls', '--data', join(folder, 'fails')], { cwd: folder });
    expect(stderr).toContain('not-there.csv');
    expect(code).toBe(1);
  });

  test('a data directory that cannot be one is named, with what to do', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    for (const command of [['start'], ['kpi', '--measures', 'offered', '--from', '2026-01-01', '--to', '2026-01-02']]) {
      const { code, stdout, stderr } = await runProgram([...command, '--data', file], { env: { VIGIE_PORT: '0' } });
      expect(stderr).toMatch(/^vigie: cannot write to the data directory .*a file: E[A-Z]+: .*\nA file stands where a directory is wanted: choose another directory with --data or VIGIE_DATA\.$/m);
      expect([code, stdout]).toEqual([1, '']);
    }
  });

  test('a wrong configuration stops everything, naming every wrong key', async () => {
    const { code, stderr } = await runProgram(['kpi', '--measures', 'offered', '--from', '2026-01-01', '--to', '2026-01-02'], { env: { VIGIE_PORT: 'x', VIGIE_SEED: 'y' } });
    expect(stderr).toMatch(/VIGIE_PORT[\s\S]*VIGIE_SEED/);
    expect(code).toBe(2);
  });

  test('simulate fills a history; the same seed again changes nothing; kpi reads it', async () => {
    const data = ['--data', 'simulated', '--json'];
    const simulate = (): Promise<unknown> => runProgram(['simulate', '--from', '2026-01-04', '--days', '1', '--seed', '11', ...data], { cwd: folder }).then(({ stdout }) => json(stdout));
    const first = await simulate();
    expect(first).toMatchObject({ seed: 11, days: 1, leftOut: 0, quarantined: 0 });
    expect(await simulate()).toMatchObject({ accepted: 0, updated: 0 });
    const { stdout } = await runProgram(['kpi', '--measures', 'offered,service-level', '--by', 'day', '--from', '2026-01-04', '--to', '2026-01-05', '--zone', 'UTC', '--where', 'tenant=ocm', '--where', 'tenant=sereno', ...data], { cwd: folder });
    const { calls } = first && typeof first === 'object' && 'calls' in first ? first : { calls: 0 };
    expect(json(stdout)).toMatchObject({ rows: [{ day: '2026-01-04', offered: calls, 'service-level': expect.any(Number) }], zone: 'UTC' });
    const table = await runProgram(['kpi', '--measures', 'offered', '--by', 'day', '--from', '2026-01-04', '--to', '2026-01-05', '--zone', 'UTC', '--data', 'simulated', '--format', 'arrow'], { cwd: folder });
    expect([...tableFromIPC(table.bytes).get(0) ?? []]).toEqual([['day', Date.UTC(2026, 0, 4)], ['offered', BigInt(Number(calls))]]);
  });

  test('import takes paths from where the caller stands, and a mapping by path', async () => {
    writeFileSync(join(folder, 'rows.ndjson'), `${JSON.stringify({ ID: 'A'.repeat(32), CustomerID: 1, CallType: 1, CallUniversalTime: '2026-01-04 10:00:00.000', Duration: 5 })}\nnot json\n`);
    const run = (): Promise<unknown> => runProgram(['import', 'rows.ndjson', '--mapping', 'od-calls', '--data', 'imported', '--json'], { cwd: folder }).then(({ stdout }) => json(stdout));
    expect(await run()).toEqual({ accepted: 1, updated: 0, unchanged: 0, leftOut: 0, quarantined: 1 });
    const { code, stderr } = await runProgram(['import', 'rows.ndjson', '--mapping', 'od-calls', '--data', 'imported'], { cwd: folder });
    expect([code, stderr]).toEqual([0, expect.stringContaining('line 2 is in quarantine: bad JSON')]);
    expect(await run()).toEqual({ accepted: 0, updated: 0, unchanged: 1, leftOut: 0, quarantined: 1 });
  });
});
