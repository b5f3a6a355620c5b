import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../warehouse/sql-files.ts';
import { plainEnvironment, runProgram } from './fixtures/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-program-'));
const data = join(folder, 'data');
const serverSchema = z.object({ address: z.string(), token: z.string(), pid: z.number() });
/** The first start builds the dashboard. */
const LONGEST_START_MS = 400_000;
let program: ChildProcess;
let stderr = '';

async function startProgram(): Promise<void> {
  program = spawn(process.execPath, [join(projectRoot(), 'vigie', 'bin.cjs'), 'start', '--data', data], { env: { ...plainEnvironment(), VIGIE_PORT: '0', VIGIE_HISTORY_DAYS: '0', VIGIE_INGEST_TOKENS: 'pbx:0123456789abcdef' } });
  program.stderr?.on('data', (part: Buffer) => (stderr += part.toString('utf8')));
  const deadline = Date.now() + LONGEST_START_MS;
  let said = '';
  program.stdout?.on('data', (part: Buffer) => (said += part.toString('utf8')));
  while (!said.includes('Vigie is at')) {
    if (program.exitCode !== null || Date.now() > deadline) throw new Error(`the program did not start:\n${stderr}`);
    await pause(100);
  }
}
const server = (): z.infer<typeof serverSchema> => serverSchema.parse(JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')));

/** Not `fetch`, which writes the Host header itself. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request(new URL(path, server().address), { headers, method }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString('utf8')));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).on('error', reject).end();
  });
}

beforeAll(startProgram, LONGEST_START_MS);
afterAll(() => {
  program.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('the running program', () => {
  test('tells only its user how to reach it', () => {
    expect(statSync(join(data, 'server.json')).mode & 0o777).toBe(0o600);
    expect(server()).toMatchObject({ address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), pid: program.pid });
  });

  test('is ready, serves pages with security headers, and its board moves', async () => {
    expect(await get('/ready')).toMatchObject({ status: 200 });
    const page = await get('/');
    expect([page.status, page.headers['content-security-policy'], page.headers['x-frame-options']]).toEqual([200, expect.stringContaining("default-src 'self'"), 'DENY']);
    const mover = spawn(process.execPath, [join(projectRoot(), '.ci', 'await-live-board.js'), data]);
    expect((await once(mover, 'exit'))[0]).toBe(0);
  });

  test('answers this machine by its name only, and no foreign origin', async () => {
    expect(await get('/health', { host: 'evil.example' })).toMatchObject({ status: 421 });
    expect(await get('/health', { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
  });

  test('its inner door is shut without the token', async () => {
    expect(await get('/internal/warehouse/kpi', {}, 'POST')).toMatchObject({ status: 404 });
    expect(await get('/internal/warehouse/kpi', { authorization: 'Bearer wrong' }, 'POST')).toMatchObject({ status: 404 });
    expect(await get('/internal/warehouse/close', { authorization: `Bearer ${server().token}` }, 'POST')).toMatchObject({ status: 404 });
  });

  test('commands ask it instead of failing on the lock, also with its errors', async () => {
    writeFileSync(join(folder, 'rows.ndjson'), `${JSON.stringify({ ID: 'B'.repeat(32), CustomerID: 1, CallType: 1, CallUniversalTime: '2026-01-04 10:00:00.000', Duration: 5 })}\n`);
    const imported = await runProgram(['import', 'rows.ndjson', '--mapping', 'od-calls', '--data', data, '--json'], { cwd: folder });
    expect(JSON.parse(imported.stdout)).toEqual({ accepted: 1, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 });
    const kpi = await runProgram(['kpi', '--measures', 'offered', '--from', '2026-01-04', '--to', '2026-01-05', '--zone', 'UTC', '--data', data, '--json']);
    expect(JSON.parse(kpi.stdout)).toMatchObject({ rows: [{ offered: 1 }] });
    const wrong = await runProgram(['kpi', '--measures', 'nope', '--from', '2026-01-04', '--to', '2026-01-05', '--data', data]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('nope')]);
    const second = await runProgram(['start', '--data', data], { env: { VIGIE_PORT: '0' } });
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('is in use by process')]);
  });

  test('ends in order: nothing waits in the spool, the directory is free', async () => {
    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([0, null]);
    expect(existsSync(join(data, 'lock')) || existsSync(join(data, 'server.json'))).toBe(false);
    const waiting = readdirSync(join(data, 'spool', 'streams'), { recursive: true }).filter((name) => String(name).endsWith('.ndjson'));
    expect(waiting).toEqual([]);
    const kpi = await runProgram(['kpi', '--measures', 'offered', '--from', '2000-01-01', '--to', '2100-01-01', '--data', data, '--json']);
    expect(JSON.parse(kpi.stdout).rows[0].offered).toBeGreaterThan(1);
  });

  test('starts again over what a kill -9 left', async () => {
    await startProgram();
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(existsSync(join(data, 'lock'))).toBe(true);
    await startProgram();
    expect(await get('/ready')).toMatchObject({ status: 200 });
  }, LONGEST_START_MS);
});
