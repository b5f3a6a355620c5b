import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { projectRoot } from '../../warehouse/sql-files.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { plainEnvironment, runProgram } from '../fixtures/run-program.ts';
import { runOnTerminal } from '../fixtures/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-copy-command-'));
const result = z.object({ from: z.string(), to: z.string(), tables: z.record(z.string(), z.number()), days: z.number(), copiedParts: z.number(), keptParts: z.number(), copiedRows: z.number() });
const kpi = ['kpi', '--measures', 'offered,answered,service-level,occupancy', '--by', 'day', '--from', '2026-03-28', '--to', '2026-03-31', '--totals', '--json'];
beforeAll(async () => {
  // The first run compiles the program and says so.
  await runProgram(['--help']);
  const { code, stderr } = await runProgram(['simulate', '--from', '2026-03-28', '--days', '2', '--data', 'data'], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!HAS_CLICKHOUSE)('vigie copy', () => {
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer(); }, 300_000);
  afterAll(() => server[Symbol.asyncDispose]());

  test('that is killed goes on where it stood; what came over answers the same, and comes back', async () => {
    const url = server.freshUrl();
    const args = ['copy', '--from', 'duckdb:data', '--to', `clickhouse:${url}`, '--json'];
    const killed = spawn(process.execPath, [join(projectRoot(), 'vigie', 'bin.cjs'), ...args], { cwd: folder, env: plainEnvironment(), stdio: 'ignore' });
    const ended = once(killed, 'exit');
    const engine = openClickHouse({ url, origin: 'tests' });
    const parts = async (): Promise<number> => (await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store.copied' }).catch(() => []))[0]?.n ?? 0;
    await expect.poll(parts, { interval: 20, timeout: 60_000 }).toBeGreaterThan(3);
    killed.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    await engine.close();

    const again = await runProgram(args, { cwd: folder });
    expect([again.code, again.stderr]).toEqual([0, '']);
    const copied = result.parse(JSON.parse(again.stdout));
    expect(copied).toMatchObject({ from: `duckdb:${join(folder, 'data', 'warehouse.duckdb')}`, to: expect.stringMatching(/^clickhouse:http:\/\/127\.0\.0\.1:\d+\/test_\d+$/) });
    expect(copied.keptParts).toBeGreaterThanOrEqual(3);
    expect(copied.copiedParts).toBeGreaterThan(0);
    expect(copied.tables['store.calls']).toBeGreaterThan(500);

    const here = await runProgram([...kpi, '--data', 'data'], { cwd: folder });
    const there = await runProgram(kpi, { cwd: folder, env: { VIGIE_WAREHOUSE: url } });
    expect([here.code, there.code]).toEqual([0, 0]);
    expect(JSON.parse(there.stdout)).toEqual(JSON.parse(here.stdout));

    const back = await runProgram(['copy', '--from', 'clickhouse:', '--to', 'duckdb:back'], { cwd: folder, env: { VIGIE_WAREHOUSE: url } });
    expect([back.code, back.stderr, back.stdout]).toEqual([0, '', expect.stringMatching(/\d+ calls, \d+ legs, \d+ agent states, 0 quarantine of \d+ days are equal on both sides/)]);
    expect((await runProgram([...kpi, '--data', 'back'], { cwd: folder })).stdout).toBe(here.stdout);
    expect(existsSync(join(folder, 'data', 'lock')) || existsSync(join(folder, 'back', 'warehouse.duckdb.copy'))).toBe(false);
  }, 240_000);

  test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)('%s ends it, and what it asked a server', async (signal) => {
    const url = server.freshUrl();
    const engine = openClickHouse({ url, origin: 'tests' });
    await engine.migrate();
    await engine.execute({ sql: "INSERT INTO store.calls (tenant, call_id, started_at, direction) SELECT 'ocm', toString(number), toDateTime64('2026-01-05 10:00:00', 3, 'UTC') + number, 'inbound' FROM numbers(400)" });
    // A table that takes minutes to count.
    const say = async (query: string): Promise<void> => expect(await (await fetch(`http://127.0.0.1:${server.httpPort}/?database=${new URL(url).pathname.slice(1)}`, { method: 'POST', body: query })).text()).toBe('');
    await say('RENAME TABLE store_calls TO calls_themselves');
    await say('CREATE VIEW store_calls AS SELECT * FROM calls_themselves WHERE sleepEachRow(1) = 0 SETTINGS function_sleep_max_microseconds_per_block = 1000000000');
    const copy = spawn(process.execPath, [join(projectRoot(), 'vigie', 'bin.cjs'), 'copy', '--from', 'clickhouse:', '--to', `duckdb:${signal}`], { cwd: folder, env: { ...plainEnvironment(), VIGIE_WAREHOUSE: url }, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(copy, 'exit');
    let said = '';
    copy.stderr.on('data', (part: Buffer) => { said += part.toString(); });
    const counting = async (): Promise<number> => (await engine.query<{ n: number }>({ sql: "SELECT count(*) AS n FROM system.processes WHERE query LIKE '%epoch_day%' AND query NOT LIKE '%system.processes%' AND current_database = currentDatabase()" }))[0]?.n ?? 0;
    await expect.poll(counting, { timeout: 30_000 }).toBe(1);
    copy.kill(signal);
    expect([await ended, said]).toEqual([[1, null], expect.stringContaining('The copy was interrupted')]);
    await expect.poll(counting, { timeout: 10_000 }).toBe(0);
    expect(existsSync(join(folder, signal, 'lock'))).toBe(false);
    await engine.close();
  }, 90_000);

  test('names a refused user and the server, never the password', async () => {
    const to = server.freshUrl().replace('http://', 'http://someone:hush-hush@').replace('default:@', '');
    const { code, stdout, stderr } = await runProgram(['copy', '--from', 'duckdb:data', '--to', `clickhouse:${to}`], { cwd: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/AUTHENTICATION_FAILED/);
    expect(stderr).not.toContain('hush');
  });
});

test('a copy refuses a data directory that a server works in', async () => {
  const lock = await lockDirectory(join(folder, 'data'), 'vigie start');
  try {
    const { code, stdout, stderr } = await runProgram(['copy', '--from', 'duckdb:data', '--to', 'duckdb:other'], { cwd: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`is in use by process ${process.pid} (vigie start): stop it first`);
    expect(existsSync(join(folder, 'other'))).toBe(false);
  } finally {
    lock.release();
  }
});

test.each([
  [['--from', 'duckdb:nowhere', '--to', 'duckdb:other'], 1, 'There is no warehouse'],
  [['--from', 'duckdb:data', '--to', 'clickhouse:http://u:hush@127.0.0.1:9/vigie'], 1, '127.0.0.1:9/vigie does not answer'],
  [['--from', 'duckdb:data', '--to', 'duckdb:data/warehouse.duckdb'], 2, 'are the same warehouse'],
  [['--from', 'duckdb:data', '--to', 'clickhouse:http://u:hush@host:8123'], 2, '--to: The warehouse needs an address'],
  [['--from', 'postgres://u:hush@host/db', '--to', 'duckdb:other'], 2, '--from: duckdb:PATH or clickhouse:'],
  [['--from', 'clickhouse:', '--to', 'duckdb:other'], 2, 'VIGIE_WAREHOUSE, which is not set'],
  [['--from', 'duckdb:data'], 2, "required option '--to <warehouse>' not specified"],
])('copy %s: exit code %i', async (args, code, message) => {
  const outcome = await runProgram(['copy', ...args], { cwd: folder });
  expect([outcome.code, outcome.stdout]).toEqual([code, '']);
  expect(outcome.stderr).toContain(message);
  expect(outcome.stderr).not.toContain('hush');
});

// Windows has no `script`, that of macOS takes other arguments.
test.skipIf(process.platform !== 'linux')('on a terminal it tells the table, the day and its share; standard output is its JSON alone', async () => {
  const { code, stdout, drawn } = await runOnTerminal(['copy', '--from', 'duckdb:data', '--to', 'duckdb:terminal', '--json'], { cwd: folder, out: join(folder, 'out.json') });
  expect([code, result.parse(JSON.parse(stdout)).keptParts]).toEqual([0, 0]);
  expect(drawn).toMatch(/store\.\w+ 2026-03(-\d\d)? {2}\d+ % {2}\d+ rows/);
  expect(drawn.endsWith('\r\u001B[K')).toBe(true);
});
