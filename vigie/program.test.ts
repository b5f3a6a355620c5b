import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { listen } from '../api/fixtures/serve.ts';
import { openStore } from '../warehouse/operational/store.ts';
import { runProgram } from './fixtures/run-program.ts';
import { boardMoves, killStarted, LONGEST_START_MS, serverOf, spawnProgram, startProgram } from './fixtures/start-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-program-'));
const data = join(folder, 'data');
const historySchema = z.object({ done: z.array(z.string()) });
let program: ChildProcess;
const server = (): ReturnType<typeof serverOf> => serverOf(data);
const start = (directory: string): Promise<ChildProcess> => startProgram({ data: directory });

/** Not `fetch`, which writes the Host header itself. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET', directory = data): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request(new URL(path, serverOf(directory).address), { headers, method }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString('utf8')));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).on('error', reject).end();
  });
}

afterAll(async () => {
  await killStarted();
  rmSync(folder, { recursive: true, force: true });
});

describe('the running program', () => {
  beforeAll(async () => { program = await start(data); }, LONGEST_START_MS);

  test('tells only its user how to reach it', () => {
    expect(statSync(join(data, 'server.json')).mode & 0o777).toBe(0o600);
    const open = [data, ...readdirSync(data, { recursive: true }).map((name) => join(data, String(name)))].filter((path) => (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077);
    // The embedded store sets modes of its own inside; nobody else can enter its directory.
    expect(open.filter((path) => !path.startsWith(join(data, 'store', '')))).toEqual([]);
    expect(server()).toMatchObject({ address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), pid: program.pid });
  });

  test('is ready, serves pages with security headers, and its board moves', async () => {
    expect(await get('/ready')).toMatchObject({ status: 200 });
    const page = await get('/');
    expect([page.status, page.headers['content-security-policy'], page.headers['x-frame-options']]).toEqual([200, expect.stringContaining("default-src 'self'"), 'DENY']);
    expect(await boardMoves(data)).toBe(true);
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
    const table = await runProgram(['kpi', '--measures', 'offered', '--by', 'tenant', '--from', '2026-01-04', '--to', '2026-01-05', '--zone', 'UTC', '--data', data, '--format', 'arrow']);
    expect(tableFromIPC(table.bytes).toArray().map((row) => [row['tenant'], row['offered']])).toEqual([['ocm', 1n]]);
    const wrong = await runProgram(['kpi', '--measures', 'nope', '--from', '2026-01-04', '--to', '2026-01-05', '--data', data]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('nope')]);
    const second = await runProgram(['start', '--data', data], { env: { VIGIE_PORT: '0' } });
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('is in use by process')]);
    const samePort = await runProgram(['start', '--data', join(folder, 'other data')], { env: { VIGIE_PORT: new URL(server().address).port } });
    expect([samePort.code, samePort.stderr]).toEqual([1, expect.stringMatching(/cannot listen on 127\.0\.0\.1:\d+.*VIGIE_PORT/)]);
    expect(existsSync(join(folder, 'other data', 'lock'))).toBe(false);
  });

  test('a change of the configuration arrives in the core, the board, the lists and the loads without a restart', async () => {
    const from = '2026-01-01T00:00:00.000Z';
    const store = await openStore({ connection: { host: join(data, 'store'), port: 5432 }, maxConnections: 1 });
    try {
      await store.changeQueue({ number: 101, from, name: 'Renommée', targetSeconds: 77 }, 'chef');
      await store.changeAgent({ number: 2001, from, skills: [{ queue: 103, level: 9 }] }, 'chef');
      expect((await store.changes(2)).map(({ by, subject }) => [by, subject])).toEqual([['chef', 'agent'], ['chef', 'queue']]);
    } finally {
      await store.close();
    }
    const ask = async (query: string): Promise<unknown> => (await fetch(new URL('/graphql', server().address), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })).json();
    await vi.waitFor(async () => {
      const lists = await ask('{ queues { id name targetSeconds } agents { id skills { queue level } } }');
      expect(lists).toMatchObject({ data: { queues: expect.arrayContaining([{ id: '101', name: 'Renommée', targetSeconds: 77 }]), agents: expect.arrayContaining([{ id: '2001', skills: [{ queue: '103', level: 9 }] }]) } });
    }, { timeout: 30_000, interval: 200 });
    // The core's own target, on the board.
    const live = await listen(new URL('/graphql', server().address).href, 'subscription { live(filter: { queue: ["101"] }) { queues { queue name targetSeconds } } }');
    for (let seen: unknown; JSON.stringify(seen) !== '{"data":{"live":{"queues":[{"queue":"101","name":"Renommée","targetSeconds":77}]}}}';) seen = await live.data();
    live.leave();
    // A wait of 50 s was beyond the queue's target before.
    const call = { ID: 'C'.repeat(32), CustomerID: 1, CallType: 1, CallUniversalTime: '2026-01-06 10:00:00.000', Duration: 90, WaitDuration: 50, ConvDuration: 30, FirstQueue: 101, LastQueue: 101, FirstAgent: 2001, LastAgent: 2001, Abandon: 0, CallStatusGroup: 0 };
    writeFileSync(join(folder, 'late.ndjson'), `${JSON.stringify(call)}\n`);
    await runProgram(['import', 'late.ndjson', '--mapping', 'od-calls', '--data', data, '--json'], { cwd: folder });
    const kpi = await runProgram(['kpi', '--measures', 'answered,answered-in-target', '--by', 'tenant', '--from', '2026-01-06', '--to', '2026-01-07', '--zone', 'UTC', '--data', data, '--json']);
    expect(JSON.parse(kpi.stdout).rows).toEqual([{ 'tenant': 'ocm', 'answered': 1, 'answered-in-target': 1 }]);
  });
});

describe('starting and ending', () => {
  test('it ends in order: nothing waits in the spool, the directory is free', async () => {
    const own = join(folder, 'ended data');
    const child = await start(own);
    expect(await boardMoves(own)).toBe(true);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(existsSync(join(own, 'lock')) || existsSync(join(own, 'server.json'))).toBe(false);
    const waiting = readdirSync(join(own, 'spool', 'streams'), { recursive: true }).filter((name) => String(name).endsWith('.ndjson'));
    expect(waiting).toEqual([]);
    const kpi = await runProgram(['kpi', '--measures', 'offered', '--from', '2000-01-01', '--to', '2100-01-01', '--data', own, '--json']);
    expect(JSON.parse(kpi.stdout).rows[0].offered).toBeGreaterThan(0);
  }, LONGEST_START_MS);

  test('asked to end before everything stands, it ends in order; the history goes on at the next start', async () => {
    const own = join(folder, 'early data');
    const daysDone = (): number => (existsSync(join(own, 'history.json')) ? historySchema.parse(JSON.parse(readFileSync(join(own, 'history.json'), 'utf8'))).done.length : 0);
    const early = spawnProgram({ data: own, historyDays: 2 });
    const over = once(early, 'exit');
    // Held from then on; it is also held for a moment before the dashboard is built.
    await vi.waitFor(() => expect(existsSync(join(own, 'lock')) && existsSync(join(own, 'warehouse.duckdb'))).toBe(true), { timeout: 300_000 });
    early.kill('SIGTERM');
    expect(await over).toEqual([0, null]);
    expect(readdirSync(own).filter((name) => ['lock', 'server.json'].includes(name))).toEqual([]);
    const before = daysDone();
    const again = spawnProgram({ data: own, historyDays: 2 });
    const ended = once(again, 'exit');
    // In the middle of the first history: some of it is there, the rest is not lost.
    await vi.waitFor(() => expect(daysDone()).toBeGreaterThan(before), { timeout: 120_000, interval: 20 });
    again.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(readdirSync(join(own, 'imports'))).toEqual([]);
  }, LONGEST_START_MS);

  test('it starts again over what a kill -9 left, also where its files are damaged', async () => {
    const own = join(folder, 'killed data');
    const child = await start(own);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(own, 'lock'))).toBe(true);
    writeFileSync(join(own, 'server.json'), '{"address":"http://127');
    mkdirSync(join(own, 'imports'), { recursive: true });
    writeFileSync(join(own, 'imports', 'simulate-of-a-killed-command-1.ndjson'), '{}\n');
    await start(own);
    expect(await get('/ready', {}, 'GET', own)).toMatchObject({ status: 200 });
    expect(readdirSync(join(own, 'imports'))).toEqual([]);
  }, LONGEST_START_MS);
});
