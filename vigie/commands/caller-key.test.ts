import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_CLICKHOUSE, startTestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { runProgram } from '../fixtures/run-program.ts';
import { openSharedWarehouse } from '../shared-warehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-caller-key-'));
const calls = (...ids: string[]): string => `${ids.map((id) => JSON.stringify({ ID: id.repeat(32), CustomerID: 1, CallType: 1, ANI: '0612345678', CallUniversalTime: '2026-01-04 10:00:00.000', Duration: 5 })).join('\n')}\n`;
beforeAll(async () => {
  for (const id of ['A', 'B', 'C']) writeFileSync(join(folder, `${id}.ndjson`), calls(id));
  // The first run compiles the program and says so.
  await runProgram(['--help']);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports a call, and tells of it in a word. */
async function imported(id: string, data: string, url?: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(['import', `${id}.ndjson`, '--mapping', 'od-calls', '--data', data], { cwd: folder, env: url === undefined ? {} : { VIGIE_WAREHOUSE: url } });
  if (code === 0) return stdout.startsWith('1 new') ? 'new' : stdout;
  return code === 1 && /another key.*nothing was loaded.*VIGIE_STORE.*file caller-key/.test(stderr) ? 'refused' : stderr;
}
const keyIn = (data: string): string => readFileSync(join(folder, data, 'caller-key'), 'utf8');
const offered = async (data: string, url?: string): Promise<string> => (await runProgram(['kpi', '--measures', 'offered', '--from', '2026-01-04', '--to', '2026-01-05', '--zone', 'UTC', '--json', '--data', data], { cwd: folder, env: url === undefined ? {} : { VIGIE_WAREHOUSE: url } })).stdout.match(/"offered":\s*(\d+)/)?.[1] ?? '';

test('an import with another key than the embedded warehouse holds is refused; without one it takes that', async () => {
  expect(await imported('A', 'alone')).toBe('new');
  const own = keyIn('alone');
  writeFileSync(join(folder, 'alone', 'caller-key'), 'another');
  expect([await imported('B', 'alone'), await offered('alone')]).toEqual(['refused', '1']);
  rmSync(join(folder, 'alone', 'caller-key'));
  expect([await imported('B', 'alone'), keyIn('alone')]).toEqual(['new', own]);
}, 60_000);

describe.skipIf(!HAS_CLICKHOUSE)('on a server', () => {
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer(); }, 300_000);
  afterAll(() => server[Symbol.asyncDispose]());

  test('the first load decides the key: imports with another are refused, questions are not', async () => {
    const url = server.freshUrl();
    expect(await imported('A', 'first', url)).toBe('new');
    expect([await imported('B', 'second', url), await offered('second', url)]).toEqual(['refused', '1']);
    await expect(openSharedWarehouse({ url, cluster: null, keepDays: null, callerKey: 'another', origin: 'tests', loads: true })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('VIGIE_STORE') });
    copyFileSync(join(folder, 'first', 'caller-key'), join(folder, 'second', 'caller-key'));
    expect([await imported('B', 'second', url), await offered('second', url)]).toEqual(['new', '2']);
  }, 60_000);

  test('a copy brings it: there and back, the old key loads and no other does', async () => {
    const url = server.freshUrl();
    const copy = async (from: string, to: string): Promise<number | null> => (await runProgram(['copy', '--from', from, '--to', to], { cwd: folder, env: { VIGIE_WAREHOUSE: url } })).code;
    expect(await imported('A', 'old')).toBe('new');
    expect(await copy('duckdb:old', 'clickhouse:')).toBe(0);
    expect([await imported('B', 'fresh', url), await imported('B', 'old', url)]).toEqual(['refused', 'new']);
    expect(await copy('clickhouse:', 'duckdb:back')).toBe(0);
    expect([await imported('C', 'back'), keyIn('back'), await offered('back')]).toEqual(['new', keyIn('old'), '3']);
  }, 60_000);

  test('a warehouse with rows and no key yet takes that of the first who loads', async () => {
    const url = server.freshUrl();
    expect(await imported('A', 'earlier', url)).toBe('new');
    await (await fetch(`http://127.0.0.1:${server.httpPort}/?database=${new URL(url).pathname.slice(1)}`, { method: 'POST', body: 'TRUNCATE TABLE store_caller_key' })).text();
    expect([await imported('B', 'earlier', url), await imported('C', 'later', url)]).toEqual(['new', 'refused']);
  }, 60_000);
});
