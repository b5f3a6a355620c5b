import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDb } from '../../duckdb/engine.ts';
import type { Engine } from '../../engine.ts';
import type { LoadPlan } from '../../load-plan.ts';
import type { LoadCounts, LoadJob } from '../../warehouse.ts';
import { openClickHouse } from '../engine.ts';
import type { ClickHouseEngine, ClickHouseOptions } from '../engine.ts';
import { openLoadPart } from '../load-part.ts';
import { HAS_CLICKHOUSE } from '../test-support/test-server.ts';
import type { TestServer } from '../test-support/test-server.ts';
import { startTwoShards } from '../test-support/two-shards.ts';
import { overtakingContract } from './overtaking.contract.ts';

const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: true, keepUnknown: false, keyHorizonDays: 3,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: {
    tenant: { op: 'constant', value: 't' }, call_id: 'id', source_sequence: 'n', first_queue: 'queue', talk_s: 'talk', wait_s: 'wait',
    started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' },
  },
};
const options = { callerKeySecret: 'x', planFor: () => PLAN };

/** Call number `id` as it was told for the `n`th time; `day` moves its start. */
function line(id: number, n: number, day = 5): string {
  return JSON.stringify({ id: `C${id}`, n, queue: id % 3 === 0 ? '' : String(100 + id % 3), talk: id * 7 % 300 + n, wait: id % 40, at: `2026-01-0${day}T${String(8 + id % 10).padStart(2, '0')}:00:00Z` });
}
const lines = (from: number, to: number, n: number, day?: number): string[] => Array.from({ length: to - from }, (_, index) => line(from + index, n, day));

describe.skipIf(!HAS_CLICKHOUSE)('loads over two servers as shards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-shards-'));
  const servers: TestServer[] = [];
  const engines: ClickHouseEngine[] = [];
  const connections: ClickHouseOptions[] = [];
  const whole = openDuckDb({ path: ':memory:', threads: 1 });

  beforeAll(async () => {
    for (const { server, options: connection } of await startTwoShards()) {
      servers.push(server);
      connections.push(connection);
      const engine = openClickHouse(connection);
      engines.push(engine);
      await engine.migrate();
    }
    await whole.migrate();
  }, 120_000);
  afterAll(async () => {
    for (const engine of [...engines, whole]) await engine.close();
    for (const server of servers) await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  function parts(): { first: ClickHouseEngine; second: TestServer } {
    const [first] = engines;
    const [, second] = servers;
    if (!first || !second) throw new Error('no servers');
    return { first, second };
  }
  const job = (name: string): LoadJob => ({ loadId: name, source: 's', file: join(folder, name), mapping: 'lines' });
  const load = (engine: ClickHouseEngine, name: string): Promise<LoadCounts> => openLoadPart({ engine, ...options }).load(job(name));
  const loadWhole = (name: string): Promise<LoadCounts> => whole.loads(options).load(job(name));

  /** What is stored, in sums and in full for some. */
  async function told(engine: Pick<Engine, 'query'>): Promise<unknown> {
    return {
      calls: await engine.query({ sql: 'SELECT CAST(started_at AS DATE)::VARCHAR AS day, count(*) AS n, count(DISTINCT call_id) AS ids, CAST(sum(talk_s) AS BIGINT) AS talk, CAST(sum(wait_s) AS BIGINT) AS wait, CAST(sum(source_sequence) AS BIGINT) AS versions FROM store.calls GROUP BY 1 ORDER BY 1' }),
      legs: await engine.query({ sql: 'SELECT queue, count(*) AS n, CAST(sum(talk_s) AS BIGINT) AS talk FROM store.legs GROUP BY 1 ORDER BY 1' }),
      quarantine: await engine.query({ sql: 'SELECT load_id, line, raw FROM store.quarantine ORDER BY load_id, line' }),
      loads: await engine.query({ sql: 'SELECT load_id, load_mark, accepted, updated, unchanged, quarantined FROM store.loads ORDER BY load_id' }),
      days: await engine.query({ sql: 'SELECT DISTINCT target, day::VARCHAR AS day FROM store.touched_days ORDER BY 1, 2' }),
    };
  }

  test('put each call on the shard of its id, whole, and give what one engine gives; again they change nothing', async () => {
    const { first } = parts();
    writeFileSync(join(folder, 'first'), lines(0, 400, 1).join('\n'));
    writeFileSync(join(folder, 'second'), [...lines(0, 50, 2), 'broken', ...lines(50, 90, 2, 6), ...lines(90, 120, 0), ...lines(120, 140, 1), ...lines(400, 460, 1, 7)].join('\n'));
    for (const name of ['first', 'second']) expect([name, await load(first, name)]).toEqual([name, await loadWhole(name)]);
    const expected = await told(whole);
    expect(await told(first)).toEqual(expected);
    const ids = await Promise.all(engines.map((engine) => engine.query<{ id: string; shard: number }>({ sql: 'SELECT DISTINCT call_id AS id, toInt32(cityHash64(call_id) % 2) AS shard FROM (SELECT call_id FROM store_calls_shard UNION ALL SELECT call_id FROM store_legs_shard)' })));
    expect(ids.map((some) => new Set(some.map(({ shard }) => shard)))).toEqual([new Set([0]), new Set([1])]);
    expect(Math.min(...ids.map(({ length }) => length))).toBeGreaterThan(150);
    expect(await load(first, 'second')).toEqual({ accepted: 60, updated: 90, unchanged: 50, leftOut: 0, quarantined: 1 });
    expect(await told(first)).toEqual(expected);
  }, 120_000);

  test('lose and double nothing when a shard is killed while rows are written to it', async () => {
    const { first, second } = parts();
    writeFileSync(join(folder, 'third'), [...lines(60, 100, 3, 5), ...lines(460, 2460, 1, 8)].join('\n'));
    for (const step of ['INSERT INTO store.calls', 'INSERT INTO store.legs']) {
      const killing: ClickHouseEngine = {
        ...first,
        send: async (request) => {
          if (!request.sql.startsWith(step)) return first.send(request);
          const sent = first.send(request);
          await Promise.race([sent, pause(5)]).catch(() => {});
          await second.kill();
          return sent;
        },
      };
      await load(killing, 'third').catch(() => {});
      await second.start();
    }
    await expect.poll(() => load(first, 'third').catch(String), { timeout: 30_000, interval: 300 }).toEqual(await loadWhole('third'));
    expect(await told(first)).toEqual(await told(whole));
  }, 120_000);

  describe('of two processes', () => {
    let quick: ClickHouseEngine;
    beforeAll(() => { quick = openClickHouse(connections[0] ?? { url: '' }); });
    afterAll(() => quick.close());
    overtakingContract(() => ({ slow: parts().first, quick }));
  });
});
