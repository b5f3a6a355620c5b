import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clickHouseEnd } from '../clickhouse/copy-end.ts';
import { HAS_CLICKHOUSE } from '../clickhouse/test-support/test-server.ts';
import type { TestServer } from '../clickhouse/test-support/test-server.ts';
import { startTwoShards } from '../clickhouse/test-support/two-shards.ts';
import { duckDbEnd } from '../duckdb/copy-end.ts';
import { closeDays } from '../kpi/close-days.ts';
import { fill } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { DUCKDB } from '../test-support/each-engine.ts';
import { copyWarehouse } from './copy-warehouse.ts';
import type { CopyEnd } from './copy-end.ts';

/** Without a Keeper, which the engine from npm does not have: each server is migrated by itself. */
describe.skipIf(!HAS_CLICKHOUSE)('a copy to two servers as shards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-copy-shards-'));
  const servers: TestServer[] = [];
  const ends: CopyEnd[] = [];
  beforeAll(async () => {
    for (const { server, options } of await startTwoShards()) {
      servers.push(server);
      const end = clickHouseEnd(options);
      ends.push(end);
      await end.engine.migrate();
    }
  }, 300_000);
  afterAll(async () => {
    for (const { engine } of ends) await engine.close();
    for (const server of servers) await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test('shares its rows, and comes back whole', async () => {
    const [first, second] = ends;
    if (!first || !second) throw new Error('two servers are expected');
    const [source, back] = ['a', 'b'].map((name) => duckDbEnd({ path: join(folder, name), threads: 1 }, `duckdb:${name}`));
    if (!source || !back) throw new Error('two files are expected');
    ends.push(source, back);
    await source.engine.migrate();
    await fill(DUCKDB, source.engine, oddHistory(8, 300), 1);
    await closeDays(source.engine, { utcMs: Date.UTC(2026, 2, 30) });
    const { tables } = await copyWarehouse({ from: source, to: first, folder: join(folder, 'files') });
    expect(tables).toMatchObject({ 'store.calls': 300, 'store.legs': 300 });
    const held = await Promise.all([first, second].map(async ({ engine }) => (await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store_calls_shard' }))[0]?.n ?? 0));
    expect([Math.min(...held) > 80, held.reduce((sum, n) => sum + n, 0)]).toEqual([true, 300]);
    expect((await copyWarehouse({ from: first, to: back, folder: join(folder, 'files') })).tables).toEqual(tables);
  }, 120_000);
});
