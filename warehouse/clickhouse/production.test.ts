import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createViews } from '../kpi/create-views.ts';
import { projectRoot, readSqlFolder } from '../sql-files.ts';
import { openClickHouse } from './engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from './test-support/test-server.ts';
import type { TestServer } from './test-support/test-server.ts';

const shipped = (name: string): string => readFileSync(join(projectRoot(), 'sql', 'clickhouse', name), 'utf8');
const inner = (xml: string): string => /<clickhouse>([\s\S]*)<\/clickhouse>/.exec(xml)?.[1] ?? '';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As far as the engine from npm can: it has no Keeper and no replicas. */
describe.skipIf(!HAS_CLICKHOUSE)('the files for production', () => {
  let server: TestServer | undefined;
  afterAll(() => server?.[Symbol.asyncDispose]());

  test('a server reads them: three shards of two replicas, a user who writes and one who only reads facts', async () => {
    Object.assign(process.env, { VIGIE_SHARD: '1', VIGIE_REPLICA: 'a', VIGIE_CLUSTER_SECRET: 's', VIGIE_PASSWORD_SHA256: sha256('write'), VIGIE_ANALYST_PASSWORD_SHA256: sha256('read'), VIGIE_KEEPER: '2' });
    // Names that nobody resolves would be waited for.
    const users = join(mkdtempSync(join(tmpdir(), 'vigie-users-')), 'users.xml');
    // What the server's own users.xml has: the user who starts it.
    writeFileSync(users, shipped('users.xml').replace('<users>', '<users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile></default>').replace('<profiles>', '<profiles><default/>'));
    const keeper = inner(shipped('keeper.xml')).replace(/<listen_host>.*<\/listen_host>/, '');
    server = await startTestServer({ config: `${inner(shipped('cluster.xml')).replaceAll(/<host>[\w-]+<\/host>/g, '<host>127.0.0.1</host>')}${keeper}<users_config>${users}</users_config>` });
    const as = (user: string): string => `http://${user}@127.0.0.1:${new URL(server?.url('x') ?? '').port}/vigie`;
    const root = openClickHouse({ url: server.url('default') });
    expect(await root.query({ sql: "SELECT shard_num AS shard, count(*) AS replicas FROM system.clusters WHERE cluster = 'vigie' GROUP BY shard ORDER BY shard" })).toEqual([1, 2, 3].map((shard) => ({ shard, replicas: 2 })));
    await root.execute({ sql: 'CREATE DATABASE vigie' });
    const vigie = openClickHouse({ url: as('vigie:write') });
    await vigie.migrate();
    await createViews(vigie);
    await vigie.execute({ sql: "INSERT INTO store.calls (tenant, call_id, started_at, direction) VALUES ('ocm', 'A', TIMESTAMP '2026-01-05 08:00:00', 'inbound')" });
    await vigie.execute({ sql: "INSERT INTO store.calls (tenant, call_id, started_at, direction, row_state) VALUES ('ocm', 'A', TIMESTAMP '2026-01-05 08:00:00', 'inbound', 3)" });
    // A reader of his own, without any of the program's settings, sees each row once too.
    const plain = await fetch(`${new URL(as('x')).origin}/?user=vigie_analyst&password=read&database=vigie`, { method: 'POST', body: 'SELECT sum(offered) FROM facts_calls' });
    expect(await plain.text()).toBe('1\n');
    const analyst = openClickHouse({ url: as('vigie_analyst:read') });
    expect(await analyst.query({ sql: 'SELECT sum(offered) AS n FROM facts.calls', timeoutMs: 30_000 })).toEqual([{ n: 1 }]);
    for (const sql of ['SELECT caller AS c FROM store.calls', "INSERT INTO store.calls (tenant) VALUES ('x')", 'DROP VIEW facts.calls'])
      await expect(analyst.query({ sql, timeoutMs: 30_000 })).rejects.toMatchObject({ code: 'unavailable' });
    for (const { name } of readSqlFolder('views')) expect(await analyst.query({ sql: `SELECT count(*) >= 0 AS fine FROM facts.${name}`, timeoutMs: 30_000 })).toEqual([{ fine: 1 }]);
    // Limits hold, whoever asks to raise them or to write.
    for (const [setting, value] of [['max_execution_time', 61], ['max_memory_usage', 3_000_000_000], ['max_threads', 5], ['readonly', 0]] as const)
      await expect(analyst.ask({ sql: 'SELECT 1 AS n', timeoutMs: 30_000, settings: { [setting]: value } })).rejects.toThrow(/max_execution_time|max_memory_usage|max_threads|readonly/);
    expect(await root.query({ sql: "SELECT max_queries AS queries, max_execution_time AS seconds FROM system.quota_limits WHERE quota_name = 'vigie_analyst'" })).toEqual([{ queries: 2000, seconds: 1800 }]);
    await expect(openClickHouse({ url: as('vigie:wrong') }).query({ sql: 'SELECT 1' })).rejects.toMatchObject({ code: 'unavailable' });
    for (const engine of [root, vigie, analyst]) await engine.close();
  });

  test('the Keepers agree with the servers on where they are', () => {
    const ports = new Set([...shipped('cluster.xml').matchAll(/<host>(keeper-\d)<\/host>/g)].map(([, host]) => host));
    expect([...shipped('keeper.xml').matchAll(/<hostname>(keeper-\d)<\/hostname>/g)].map(([, host]) => host)).toEqual([...ports]);
  });
});
