import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeDays } from '../kpi/close-days.ts';
import { createViews } from '../kpi/create-views.ts';
import { kpi } from '../kpi/kpi.ts';
import { fill } from '../kpi/test-support/fill.ts';
import { oddHistory } from '../kpi/test-support/odd-history.ts';
import { CLICKHOUSE_NOTES } from '../test-support/each-engine.ts';
import { readSqlFolder } from '../sql-files.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import { openClickHouse } from './engine.ts';
import type { ClickHouseEngine } from './engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';
import type { TestServer } from './test-support/test-server.ts';

describe.skipIf(!HAS_CLICKHOUSE)('a backup by the server itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-backup-'));
  const servers: TestServer[] = [];
  afterAll(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async (): Promise<TestServer> => {
    const server = await startTestServer({ config: `<backups><allowed_path>${folder}/</allowed_path></backups>` });
    servers.push(server);
    return server;
  };
  const say = async (server: TestServer, sql: string): Promise<void> => {
    const root = openClickHouse({ url: server.url('default') });
    await root.execute({ sql });
    await root.close();
  };
  const answers = async (engine: ClickHouseEngine): Promise<unknown> => {
    const { rows, totals, loadMark, dataAt } = await kpi(engine, { measures: ['offered', 'service-level', 'wait-p90', 'occupancy', 'conversion'], by: ['day'], from: '2026-03-27', to: '2026-03-31', zone: 'Europe/Paris', where: {}, totals: true }, FULL_SCOPE);
    return { rows, totals, loadMark, dataAt, facts: await engine.query({ sql: 'SELECT sum(offered) AS n FROM facts.calls' }) };
  };

  test('stands on a new server as it was; functions, which are the server\'s, are made by the next start', async () => {
    const there = await start();
    const engine = openClickHouse({ url: there.url('vigie') });
    await engine.migrate();
    await createViews(engine);
    await fill(CLICKHOUSE_NOTES, engine, oddHistory(9, 200), 7);
    await closeDays(engine, { utcMs: Date.UTC(2026, 2, 29, 6) });
    const before = await answers(engine);
    await engine.close();
    await say(there, `BACKUP DATABASE vigie TO File('${join(folder, 'monday')}')`);
    await there.kill();

    const anew = await start();
    await say(anew, `RESTORE DATABASE vigie FROM File('${join(folder, 'monday')}')`);
    const restored = openClickHouse({ url: anew.url('vigie') });
    const functions = readSqlFolder('migrations/clickhouse').filter(({ sql }) => sql.includes('CREATE FUNCTION')).map(({ name }) => name);
    expect((await restored.pendingMigrations()).map(({ name }) => name)).toEqual(functions);
    expect((await restored.migrate()).applied).toEqual(functions);
    expect(await restored.pendingMigrations()).toEqual([]);
    expect(await answers(restored)).toEqual(before);
    await restored.close();
  }, 120_000);
});
