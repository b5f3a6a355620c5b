import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_CLICKHOUSE } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { hasPostgres } from '../../warehouse/operational/fixtures/real-postgres.ts';
import { boards } from './clickhouse-board.ts';
import { boardsOfThree } from './postgres-board.ts';
import { makeStoredCalls, storedCalls } from './stored-calls.ts';
import { makeStoredOnClickHouse } from './stored-on-clickhouse.ts';
import { makeStoredOnPostgres } from './stored-on-postgres.ts';

const SMALL = { days: 2, callsADay: 300 };
const ONCE = { warmUp: 0, times: 1 };

describe.skipIf(!HAS_CLICKHOUSE || !hasPostgres('benches'))('benches of boards, over few calls', () => {
  afterAll(() => {
    for (const kept of [undefined, 'clickhouse', 'postgres']) rmSync(storedCalls(SMALL, kept), { recursive: true, force: true });
  });

  test('the same rows are made in three engines, which answer alike', async () => {
    await makeStoredCalls(SMALL);
    await makeStoredOnClickHouse(SMALL);
    await makeStoredOnPostgres(SMALL);
    const measured = await boardsOfThree(SMALL, ONCE, ONCE);
    expect(Object.keys(measured)).toHaveLength(3 + 5 + 5);
    expect(Math.min(...Object.values(measured))).toBeGreaterThan(0);
    expect(Object.keys(await boards(SMALL, SMALL, ONCE))).toHaveLength(4);
  }, 180_000);
});
