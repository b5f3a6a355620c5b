import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClickHouse, type ClickHouseEngine } from './engine.ts';
import { withoutEmptyGroups } from './no-empty-groups.ts';
import { HAS_CLICKHOUSE, startTestServer, type TestServer } from './test-support/test-server.ts';

test('what says nothing of its groups stays as it is', () => {
  expect(withoutEmptyGroups('SELECT sum(n) FROM t GROUP BY k /* no empty groups */')).toBe('SELECT sum(n) FROM t GROUP BY k /* no empty groups */');
});

describe.skipIf(!HAS_CLICKHOUSE)('on a server', () => {
  let server: TestServer;
  let engine: ClickHouseEngine;
  beforeAll(async () => {
    server = await startTestServer();
    engine = openClickHouse({ url: server.freshUrl() });
    await engine.migrate();
  });
  afterAll(async () => {
    await engine.close();
    await server[Symbol.asyncDispose]();
  });

  test('groups say the same, also of NULLs alone, and nothing is still NULL around them', async () => {
    const groups = (said: string): string => `SELECT k, sum(v) AS total, max(v) AS most, count(v) AS n FROM (SELECT 1 AS k, CAST(NULL AS Nullable(Int32)) AS v UNION ALL SELECT 2, 7) AS t GROUP BY k${said}`;
    const rows = await engine.query({ sql: `SELECT * FROM (${groups(' /*{no empty groups}*/')}) AS g ORDER BY k` });
    expect(rows).toEqual([{ k: 1, total: null, most: null, n: 0 }, { k: 2, total: 7, most: 7, n: 1 }]);
    expect(await engine.query({ sql: `SELECT sum(total) AS total, max(most) AS most FROM (${groups(' /*{no empty groups}*/')}) AS g WHERE g.k > 2` })).toEqual([{ total: null, most: null }]);
    expect(await engine.query({ sql: `SELECT sum(x) AS x FROM (SELECT k AS x FROM (${groups(' /*{no empty groups}*/')}) AS g WHERE g.k > 2) AS f` })).toEqual([{ x: null }]);
  });
});
