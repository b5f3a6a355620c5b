import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { openClickHouse } from '../engine.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../test-support/test-server.ts';
import type { TestServer } from '../test-support/test-server.ts';
import { loadFiles } from './load-file.ts';

const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: true, keepUnknown: false, keyHorizonDays: null,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: {
    tenant: { op: 'constant', value: 't' }, call_id: 'id', source_sequence: 'n', first_queue: 'queue', talk_s: 'talk',
    started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' },
  },
};
const line = (id: string, n: number, at: string, queue = '1'): string => JSON.stringify({ id, n, queue, talk: n, at: `2026-01-${at}:00Z` });
const FIRST = [line('A', 1, '01T10:00'), line('B', 1, '01T11:00'), line('C', 1, '02T12:00')];
/** A moves to another day, B leaves its queue, C is older, D is new twice, one cannot be read. */
const SECOND = [line('A', 2, '03T10:00'), line('B', 2, '01T11:00', ''), line('C', 0, '02T12:00'), 'broken', line('D', 1, '02T09:00'), line('D', 2, '02T09:30')];
const COUNTS: LoadCounts = { accepted: 1, updated: 2, unchanged: 2, leftOut: 0, quarantined: 1 };

/** As the warehouse says it. */
const CUT = (folder: string): string => `WarehouseError: Loading ${join(folder, 'second')} failed: cut off`;

describe.skipIf(!HAS_CLICKHOUSE)('a load on ClickHouse that is cut off', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-cut-'));
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    writeFileSync(join(folder, 'first'), FIRST.join('\n'));
    writeFileSync(join(folder, 'second'), SECOND.join('\n'));
  }, 120_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const job = (name: string): LoadJob => ({ loadId: name, source: 's', file: join(folder, name), mapping: 'lines' });
  const load = (engine: ClickHouseEngine, name: string): Promise<LoadCounts[]> => loadFiles({ engine, plan: PLAN, callerKeySecret: 'x', turnMs: 2000 }, [job(name)]);

  async function opened(url: string): Promise<ClickHouseEngine> {
    const engine = openClickHouse({ url });
    await engine.migrate();
    return engine;
  }

  /** Everything that a load leaves, and that nothing else is left of it. */
  async function left(engine: ClickHouseEngine): Promise<unknown> {
    return {
      calls: await engine.query({ sql: 'SELECT call_id, source_sequence, started_at, talk_s, load_mark FROM store.calls ORDER BY call_id' }),
      legs: await engine.query({ sql: 'SELECT call_id, entered_at, talk_s, load_mark FROM store.legs ORDER BY call_id' }),
      days: await engine.query({ sql: 'SELECT target, day, load_mark FROM store.touched_days ORDER BY target, day' }),
      quarantine: await engine.query({ sql: 'SELECT load_id, line, raw, reason FROM store.quarantine' }),
      loads: await engine.query({ sql: 'SELECT load_id, load_mark, accepted, updated, unchanged, quarantined, oldest_event, newest_event FROM store.loads ORDER BY load_id' }),
      state: await engine.query({ sql: 'SELECT load_mark, newest_event FROM store.state' }),
      decided: await engine.query({ sql: 'SELECT load_id FROM store.decided_loads' }),
      stages: await engine.query({ sql: "SELECT name FROM system.tables WHERE database = currentDatabase() AND (name LIKE 'store_staged%' OR name LIKE 'store_known%')" }),
    };
  }

  /** The engine as one that is cut off before its writing statement of this number, so after the one before it. */
  function failing(engine: ClickHouseEngine, at: number): { engine: ClickHouseEngine; statements(): number } {
    let count = 0;
    const guarded = <A, T>(of: (request: A) => Promise<T>) => (request: A): Promise<T> => {
      count += 1;
      return count >= at ? Promise.reject(new Error('cut off')) : of(request);
    };
    return { engine: { ...engine, send: guarded((request) => engine.send(request)), execute: guarded((request) => engine.execute(request)) }, statements: () => count };
  }

  test('between any two statements that write is completed by the next try, with the same rows and counts', async () => {
    const whole = await opened(server.freshUrl());
    await load(whole, 'first');
    const counting = failing(whole, Infinity);
    expect(await load(counting.engine, 'second')).toEqual([COUNTS]);
    const expected = await left(whole);
    expect(expected).toMatchObject({ decided: [], stages: [], calls: [{ source_sequence: 2 }, { source_sequence: 2 }, { source_sequence: 1 }, { source_sequence: 2 }], legs: [{ call_id: 'A' }, { call_id: 'C' }, { call_id: 'D' }] });
    await whole.close();

    for (let at = 1; at <= counting.statements(); at++) {
      const engine = await opened(server.freshUrl());
      await load(engine, 'first');
      // The last two only tidy up: the load is complete without them.
      const tried: unknown = await load(failing(engine, at).engine, 'second').catch((error: unknown) => String(error));
      expect([at, tried]).toEqual([at, at <= counting.statements() - 2 ? CUT(folder) : [COUNTS]]);
      expect([at, await load(engine, 'second')]).toEqual([at, [COUNTS]]);
      expect([at, withoutStages(await left(engine))]).toEqual([at, withoutStages(expected)]);
      await engine.close();
    }
  }, 240_000);

  test.each(['staged', 'known'])('and of whose stage somebody took the %s rows away loads anew from its file', async (half) => {
    const engine = await opened(server.freshUrl());
    await load(engine, 'first');
    const decidedOnly: ClickHouseEngine = { ...engine, execute: (request) => (request.sql.startsWith('INSERT INTO store.touched_days') ? Promise.reject(new Error('cut off')) : engine.execute(request)) };
    await expect(load(decidedOnly, 'second')).rejects.toThrow('cut off');
    const [decided] = await engine.query<{ stage: string }>({ sql: 'SELECT stage FROM store.decided_loads' });
    expect(decided).toBeDefined();
    await engine.execute({ sql: `DROP TABLE store.${half}_${decided?.stage} SYNC` });
    await load(engine, 'second');
    expect(await left(engine)).toMatchObject({ decided: [], stages: [], calls: [{ source_sequence: 2 }, { source_sequence: 2 }, { source_sequence: 1 }, { source_sequence: 2 }] });
    await engine.close();
  }, 60_000);

  test('by kill -9 of the server while the file is sent and while rows are written loses and doubles nothing', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => line(`N${n}`, 1, '05T10:00'));
    writeFileSync(join(folder, 'large'), rows.join('\n'));
    const url = server.freshUrl();
    const engine = await opened(url);
    for (const step of ['INSERT INTO store.staged', 'INSERT INTO store.calls', 'INSERT INTO store.legs', 'INSERT INTO store.loads']) {
      const killing: ClickHouseEngine = {
        ...engine,
        send: async (request) => {
          if (!request.sql.startsWith(step)) return engine.send(request);
          const sent = engine.send(request);
          await Promise.race([sent, new Promise((resolve) => { setTimeout(resolve, 30); })]).catch(() => {});
          await server.kill();
          return sent;
        },
        execute: async (request) => {
          if (request.sql.startsWith(step)) await server.kill();
          return engine.execute(request);
        },
      };
      await load(killing, 'large').catch(() => {});
      await server.start();
    }
    expect(await load(engine, 'large')).toEqual([{ accepted: 20_000, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 }]);
    expect(await engine.query({ sql: 'SELECT (SELECT count(*) FROM store.calls) AS calls, (SELECT count(*) FROM store.legs) AS legs, (SELECT count(*) FROM store.loads) AS loads' })).toEqual([{ calls: 20_000, legs: 20_000, loads: 1 }]);
    await engine.close();
  }, 240_000);
});

/** A stage of a try that died before its decision stays until somebody looks for those that are left. */
function withoutStages(state: unknown): unknown {
  return typeof state === 'object' && state !== null ? { ...state, stages: [] } : state;
}
