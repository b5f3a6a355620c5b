import { ClickHouseError } from '@clickhouse/client';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { openClickHouse } from '../engine.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../test-support/test-server.ts';
import type { TestServer } from '../test-support/test-server.ts';
import { readQuarantinedLines } from './quarantine.ts';
import { loadFiles } from './load-file.ts';
import { overtakingContract } from './overtaking.contract.ts';
import { takeTurn } from './turn.ts';

const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: false, keepUnknown: true, keyHorizonDays: null,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: {
    tenant: { op: 'constant', value: 't' }, call_id: 'id', source_sequence: 'n',
    started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' },
  },
};
const line = (id: string, n = 1): string => JSON.stringify({ id, n, at: '2026-01-05T10:00:00Z' });

describe.skipIf(!HAS_CLICKHOUSE)('loads on ClickHouse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-loads-'));
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer(); }, 120_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  async function opened(url: string): Promise<ClickHouseEngine> {
    const engine = openClickHouse({ url });
    await engine.migrate();
    return engine;
  }
  async function load(engine: ClickHouseEngine, name: string, lines: string[], options: { rangeBytes?: number } = {}): Promise<LoadCounts | undefined> {
    writeFileSync(join(folder, name), lines.join('\n'));
    return (await loadFiles({ engine, plan: PLAN, callerKeySecret: 'x', ...options }, [{ loadId: name, source: 's', file: join(folder, name), mapping: 'lines' }]))[0];
  }

  test('in several ranges keep the numbers of lines, and the later of two equal versions', async () => {
    const engine = await opened(server.freshUrl());
    const lines = Array.from({ length: 300 }, (_, n) => (n % 50 === 7 ? `broken ${n}` : n % 50 === 9 ? '' : n === 250 ? JSON.stringify({ id: 'C3', n: 1, at: '2026-01-05T10:00:00Z', memo: 'later' }) : line(`C${n}`)));
    expect(await load(engine, 'ranges', lines, { rangeBytes: 3000 })).toEqual({ accepted: 287, updated: 0, unchanged: 1, leftOut: 0, quarantined: 6 });
    expect(await readQuarantinedLines(engine, 'ranges')).toEqual([8, 58, 108, 158, 208, 258]);
    expect(await engine.query({ sql: "SELECT count(*) AS n, countIf(extra = '{\"memo\":\"later\"}') AS later FROM store.calls" })).toEqual([{ n: 287, later: 1 }]);
    // Several statements wrote, each of them its part.
    expect(await engine.query({ sql: 'SELECT call_id FROM store.calls WHERE call_id IN (\'C0\', \'C299\') ORDER BY call_id' })).toHaveLength(2);
    expect(await load(engine, 'ranges again', lines, { rangeBytes: 4000 })).toEqual({ accepted: 0, updated: 0, unchanged: 288, leftOut: 0, quarantined: 6 });
    await engine.close();
  }, 60_000);

  test('by two loaders at once have marks of their own, in the order of their decisions, and lose and double nothing', async () => {
    const url = server.freshUrl();
    const loaders = [await opened(url), await opened(url)];
    const LOADS = 6;
    const counts = (await Promise.all(loaders.map(async (engine, loader) => {
      const all = [];
      // Each brings calls of its own, and one that both tell of.
      for (let n = 0; n < LOADS; n++) all.push(await load(engine, `load ${loader} ${n}`, [...Array.from({ length: 20 }, (_, row) => line(`L${loader}-${n}-${row}`)), line('both', n * 2 + loader)]));
      return all;
    }))).flat();
    expect(counts.reduce((sum, one) => sum + (one?.accepted ?? 0) + (one?.updated ?? 0) + (one?.unchanged ?? 0), 0)).toBe(2 * LOADS * 21);
    const [engine] = loaders;
    expect(await engine?.query({ sql: 'SELECT count(*) AS n, count(DISTINCT load_mark) AS marks, min(load_mark) AS first, max(load_mark) AS last FROM store.loads' })).toEqual([{ n: 2 * LOADS, marks: 2 * LOADS, first: 1, last: 2 * LOADS }]);
    expect(await engine?.query({ sql: "SELECT count(*) AS n, maxIf(source_sequence, call_id = 'both') AS newest FROM store.calls" })).toEqual([{ n: 2 * LOADS * 20 + 1, newest: 2 * LOADS - 1 }]);
    expect(await engine?.query({ sql: 'SELECT load_mark FROM store.state' })).toEqual([{ load_mark: 2 * LOADS }]);
    await Promise.all(loaders.map((one) => one.close()));
  }, 120_000);

  describe('of two processes', () => {
    const loaders: ClickHouseEngine[] = [];
    beforeAll(async () => {
      const url = server.freshUrl();
      loaders.push(await opened(url), await opened(url));
    });
    afterAll(() => Promise.all(loaders.map((one) => one.close())));
    overtakingContract(() => {
      const [slow, quick] = loaders;
      if (!slow || !quick) throw new Error('no server');
      return { slow, quick };
    });
  });

  test('keep their turn while they work, and lose it when they do not', async () => {
    const engine = await opened(server.freshUrl());
    const turn = await takeTurn(engine, 'working', 400);
    const holds = async (): Promise<unknown> => (await engine.query({ sql: `SELECT toInt32(${turn.holds}) AS holds` }))[0]?.['holds'];
    const next = takeTurn(engine, 'next', 400);
    const passed = vi.fn<() => void>();
    void next.then(passed);
    await turn.during(() => pause(1500));
    expect([await holds(), passed.mock.calls.length]).toEqual([1, 0]);
    await next;
    expect(await holds()).toBe(0);
    // What is over does not begin anew.
    await turn.during(() => pause(300));
    expect(await holds()).toBe(0);
    await engine.close();
  }, 60_000);

  test('that the server has no memory for, or no thread, wait and say what will be; nothing of them is left, and later they come in whole', async () => {
    const engine = await opened(server.freshUrl());
    const file = join(folder, 'much');
    writeFileSync(file, Array.from({ length: 500 }, (_, n) => line(`M${n}`)).join('\n'));
    const job: LoadJob = { loadId: 'much', source: 's', file, mapping: 'lines' };
    const loadWith = (send: ClickHouseEngine['send'], one: LoadJob): Promise<LoadCounts[]> => loadFiles({ engine: { ...engine, send }, plan: PLAN, callerKeySecret: 'x' }, [one]);
    const narrow: ClickHouseEngine['send'] = (request) => engine.send({ ...request, settings: { ...request.settings, max_memory_usage: '1', max_untracked_memory: '1' } });
    await expect(loadWith(narrow, { ...job, kind: 'od-calls' })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/^Loading .*much failed, because ClickHouse has or allows too little memory \(.*maximum: 1.00 B.*\): the rows are kept, and tried again$/) });
    await expect(loadWith(narrow, job)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/give the server more, or split the file, and import again/) });
    const busy = new ClickHouseError({ message: 'Cannot schedule a task: no free thread', code: '439', type: 'CANNOT_SCHEDULE_TASK' });
    await expect(loadWith(() => Promise.reject(busy), job)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('Cannot schedule a task'), cause: busy });
    expect(await loadWith((request) => engine.send(request), job)).toEqual([{ accepted: 500, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 }]);
    expect(await engine.query({ sql: "SELECT count(*) AS n FROM system.tables WHERE database = currentDatabase() AND name LIKE 'store_staged%'" })).toEqual([{ n: 0 }]);
    await engine.close();
  }, 60_000);

  test('of a file that its parser cannot read are refused for good, with what the parser says', async () => {
    const engine = await opened(server.freshUrl());
    const refused = (name: string, content: string, source: LoadPlan['source']): Promise<unknown> => {
      writeFileSync(join(folder, name), content);
      return loadFiles({ engine, plan: { ...PLAN, source }, callerKeySecret: 'x' }, [{ loadId: name, source: 's', file: join(folder, name), mapping: 'lines' }]).then(() => 'loaded', (error: unknown) => error);
    };
    expect(await refused('quotes.csv', 'id,n,at\n"a"x,1,2026-01-05T10:00:00Z\n', { format: 'delimited', nulls: [], redundant: [], required: ['id'], delimiters: [','], quote: '"', encoding: 'utf-8', positions: null }))
      .toMatchObject({ code: 'invalid-file', message: expect.stringContaining("quotes.csv failed: Cannot parse input: expected ','") });
    expect(await refused('cut.parquet', 'PAR1 and then nothing', { format: 'parquet', nulls: [], redundant: [], required: [] })).toMatchObject({ code: 'invalid-file', message: expect.stringContaining('Not a Parquet file') });
    await engine.close();
  }, 60_000);

  test('wait for the turn of one that died, no longer than a turn lasts', async () => {
    const engine = await opened(server.freshUrl());
    await takeTurn(engine, 'dead', 300);
    const began = performance.now();
    const turn = await takeTurn(engine, 'next', 300);
    expect(performance.now() - began).toBeGreaterThan(200);
    expect(await engine.query({ sql: `SELECT ${turn.holds} AS holds` })).toMatchObject([{ holds: expect.anything() }]);
    await engine.close();
  }, 60_000);
});
