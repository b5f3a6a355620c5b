import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { projectRoot, readSqlFolder } from '../../warehouse/sql-files.ts';
import { plainEnvironment, runProgram } from '../fixtures/run-program.ts';

const plan = z.object({ engine: z.literal('clickhouse'), pending: z.array(z.object({ name: z.string(), sql: z.string() })) });
const done = z.object({ engine: z.literal('clickhouse'), applied: z.array(z.string()) });

describe.skipIf(!HAS_CLICKHOUSE)('vigie migrate on ClickHouse', () => {
  const names = readSqlFolder('migrations/clickhouse').map(({ name }) => name);
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
    // The first run compiles the program and says so.
    await runProgram(['--help']);
  }, 300_000);
  afterAll(() => server[Symbol.asyncDispose]());

  test('tells its plan and does nothing; a process that is killed, and three at once after it, come to one schema', async () => {
    const env = { VIGIE_WAREHOUSE: server.freshUrl() };
    const planned = await runProgram(['migrate', '--dry-run', '--json'], { env });
    expect([planned.code, planned.stderr]).toEqual([0, '']);
    expect(plan.parse(JSON.parse(planned.stdout)).pending.map(({ name }) => name)).toEqual(names);
    expect((await runProgram(['migrate', '--dry-run'], { env })).stdout).toMatch(/^-- 0001_create_calls\n[\s\S]*CREATE TABLE/);

    const engine = openClickHouse({ url: env.VIGIE_WAREHOUSE });
    expect(await engine.databaseExists()).toBe(false);
    const killed = spawn(process.execPath, [join(projectRoot(), 'vigie', 'bin.cjs'), 'migrate'], { env: { ...plainEnvironment(), ...env }, stdio: 'ignore' });
    const ended = once(killed, 'exit');
    const applied = async (): Promise<number> => (await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store.migrations' }).catch(() => []))[0]?.n ?? 0;
    await expect.poll(applied, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
    killed.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);

    const together = await Promise.all([1, 2, 3].map(() => runProgram(['migrate', '--json'], { env })));
    expect(together.map(({ code, stderr }) => [code, stderr])).toEqual([[0, ''], [0, ''], [0, '']]);
    expect(new Set(together.flatMap(({ stdout }) => done.parse(JSON.parse(stdout)).applied)).has(names.at(-1) ?? '')).toBe(true);
    expect((await runProgram(['migrate'], { env })).stdout).toBe('Nothing to do\n');
    expect(await engine.query({ sql: 'SELECT name FROM store.migrations ORDER BY name' })).toEqual(names.map((name) => ({ name })));
    await engine.close();
  }, 240_000);
});
