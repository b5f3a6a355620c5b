import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadPlan } from '../../load-plan.ts';
import { openClickHouse } from '../engine.ts';
import type { ClickHouseEngine } from '../engine.ts';
import { tappedLine } from '../test-support/tapped-line.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../test-support/test-server.ts';
import type { TestServer } from '../test-support/test-server.ts';
import { loadFiles } from './load-file.ts';

const SECRET = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const PLAN: LoadPlan = {
  name: 'lines', target: 'calls', zone: 'UTC', deriveLegs: true, keepUnknown: false, keyHorizonDays: 3,
  source: { format: 'ndjson', nulls: [], redundant: [], required: [] },
  columns: { tenant: { op: 'constant', value: 't' }, call_id: 'id', caller: 'caller', started_at: { op: 'timestamp', of: 'at', formats: ['iso'], zone: 'utc' } },
};
const LOGS = ['query_log', 'query_thread_log', 'text_log', 'processors_profile_log'];
const config = LOGS.map((log) => `<${log}><database>system</database><table>${log}</table>${log === 'text_log' ? '<level>trace</level>' : ''}</${log}>`).join('');

describe.skipIf(!HAS_CLICKHOUSE)('the key of callers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-caller-key-'));
  let server: TestServer;
  let engine: ClickHouseEngine;
  beforeAll(async () => {
    server = await startTestServer({ config, folder: join(folder, 'server') });
    engine = openClickHouse({ url: server.freshUrl(), origin: 'tests' });
    await engine.migrate();
  });
  afterAll(async () => {
    await engine.close();
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const load = async (through: ClickHouseEngine, name: string, lines: object[]): Promise<unknown> => {
    writeFileSync(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n'));
    return (await loadFiles({ engine: through, plan: PLAN, callerKeySecret: SECRET }, [{ loadId: name, source: 's', file: join(folder, name), mapping: 'lines' }]))[0];
  };
  const call = (id: string): object => ({ id, caller: '0612345678', at: '2026-01-05T10:00:00Z' });
  const logged = async (): Promise<string> => {
    await engine.execute({ sql: 'SYSTEM FLUSH LOGS' });
    const all: string[] = [];
    for (const log of LOGS) await engine.receive({ sql: `SELECT * FROM system.${log} FORMAT JSONEachRow` }, async (rows) => { all.push(await text(rows)); });
    return all.join('\n');
  };

  test('stands in no address, in no logged statement and in no error, whether a load is done or fails', async () => {
    const said: string[] = [];
    await using line = await tappedLine(server.httpPort, ({ url = '', headers }) => said.push(url, JSON.stringify(headers)));
    const tapped = openClickHouse({ url: engineUrl(line.port), origin: 'tests' });
    const statements: string[] = [];
    const failing: ClickHouseEngine = {
      ...tapped,
      send: async (request) => {
        if (!request.sql.includes('SHA256')) return tapped.send(request);
        statements.push(request.sql);
        return tapped.send({ ...request, settings: { ...request.settings, max_memory_usage: '200000' } });
      },
    };
    expect(await load(tapped, 'one', [call('A'), call('B')])).toMatchObject({ accepted: 2 });
    const refused = await load(failing, 'two', [call('C')]).then(() => null, (error: Error) => error);
    expect(refused?.message).toMatch(/memory/i);
    expect(String(refused?.cause)).not.toContain(SECRET);
    // Analysed, and failing in its own expressions.
    const [sql = ''] = statements;
    const select = sql.slice(sql.indexOf('SELECT'), sql.lastIndexOf('FORMAT'));
    const rows = select.replace("input('line String')", `(SELECT '${JSON.stringify(call('D'))}' AS line)`);
    for (const wrong of [`SELECT throwIf(caller_key <> 'x', 'wrong key') AS n FROM (${rows})`, `SELECT n FROM (${rows})`]) {
      const error = await tapped.query({ sql: wrong }).then(() => null, (error: Error) => error);
      expect(error?.message).toMatch(/wrong key|Unknown expression/);
      expect(`${error} ${error?.cause}`).not.toContain(SECRET);
    }
    expect(JSON.stringify(await tapped.query({ sql: `EXPLAIN PLAN actions = 1 ${rows}` }))).toMatch(/SHA256\((?:(?!a1b2c3).)*$/);
    await tapped.close();

    const log = await logged();
    expect(log).toContain('SHA256');
    expect(log).toContain('store_caller_key');
    expect([...said, log].filter((words) => words.includes(SECRET)).map((words) => words.slice(0, 200))).toEqual([]);
    expect(readFileSync(join(folder, 'server', 'log'), 'utf8')).not.toContain(SECRET);
  }, 60_000);

  test('that is gone from the warehouse while a load stages its rows fails the load, and keys no row otherwise', async () => {
    let emptied = false;
    const losing: ClickHouseEngine = {
      ...engine,
      send: async (request) => {
        if (request.sql.includes('SHA256')) {
          await engine.execute({ sql: 'TRUNCATE TABLE store.caller_key' });
          emptied = true;
        }
        return engine.send(request);
      },
    };
    await expect(load(losing, 'three', [call('E')])).rejects.toThrow('the warehouse has lost its caller key');
    expect(emptied).toBe(true);
    expect(await load(engine, 'three', [call('E')])).toMatchObject({ accepted: 1 });
    expect((await engine.query({ sql: 'SELECT DISTINCT caller_key FROM store.calls' })).length).toBe(1);
  }, 60_000);

  test('is the oldest one where several came at once', async () => {
    const own = openClickHouse({ url: server.freshUrl(), origin: 'tests' });
    await own.migrate();
    await own.execute({ sql: "INSERT INTO store.caller_key (secret, taken_at) SELECT 'later', toDateTime64('2026-01-02 00:00:00', 3, 'UTC') UNION ALL SELECT 'sooner', toDateTime64('2026-01-01 00:00:00', 3, 'UTC')" });
    await expect(load(own, 'four', [call('F')])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('VIGIE_STORE') });
    expect(await loadFiles({ engine: own, plan: PLAN, callerKeySecret: 'sooner' }, [{ loadId: 'five', source: 's', file: join(folder, 'four'), mapping: 'lines' }])).toMatchObject([{ accepted: 1 }]);
    await own.close();
  }, 60_000);

  const engineUrl = (port: number): string => `http://default@127.0.0.2:${port}/${engine.database}`;
});
