import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_CLICKHOUSE } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres } from '../../warehouse/operational/fixtures/real-postgres.ts';
import { boards } from './clickhouse-board.ts';
import { scans } from './clickhouse-shards.ts';
import { boardsOfThree } from './postgres-board.ts';
import { makeStoredCalls, storedCalls } from './stored-calls.ts';
import { makeStoredOnClickHouse } from './stored-on-clickhouse.ts';
import { makeStoredOnPostgres } from './stored-on-postgres.ts';
import { makeStoredOnShards } from './stored-on-shards.ts';

const SMALL = { days: 2, callsADay: 300 };
const LARGE = { days: 3, callsADay: 300 };
const ONCE = { warmUp: 0, times: 1 };

describe.skipIf(!HAS_CLICKHOUSE || !hasPostgres('benches'))('benches of boards, over few calls', () => {
  afterAll(() => {
    for (const history of [SMALL, LARGE]) for (const kept of [undefined, 'clickhouse', 'postgres', 'shards']) rmSync(storedCalls(history, kept), { recursive: true, force: true });
  });

  test('the same rows are made in three engines, which answer alike', async () => {
    await makeStoredCalls(SMALL);
    await makeStoredOnClickHouse(SMALL);
    await makeStoredOnPostgres(SMALL);
    const measured = await boardsOfThree(SMALL, ONCE, ONCE);
    expect(Object.keys(measured)).toHaveLength(3 + 5 + 5 + 3 + 3 + 3);
    expect(Math.min(...Object.values(measured))).toBeGreaterThan(0);
  }, 120_000);

  test('a server of few days and one of more are asked in turn', async () => {
    await makeStoredOnClickHouse(SMALL);
    await makeStoredOnClickHouse(LARGE);
    const measured = await boards(SMALL, LARGE, ONCE);
    expect(Object.keys(measured)).toHaveLength(4);
    expect(Math.min(...Object.values(measured))).toBeGreaterThan(0);
  }, 120_000);

  test('two servers scan what one has', async () => {
    await makeStoredOnClickHouse(SMALL);
    await makeStoredOnShards(SMALL);
    expect(Object.keys(await scans(SMALL, ONCE))).toHaveLength(8);
  }, 120_000);
});
