import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openClickHouse } from '../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../warehouse/clickhouse/test-support/test-server.ts';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import type { Engine } from '../warehouse/engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { AGENT_STATES_TABLE, CALLS, LEGS } from '../warehouse/tables.ts';
import type { Column } from '../warehouse/tables.ts';
import { FULL_SCOPE, type Warehouse } from '../warehouse/warehouse.ts';
import { importFile } from './import.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';

const HEADER = ['ID', 'CustomerID', 'CallType', 'CallUniversalTime', 'WaitDuration', 'ConvDuration', 'ANI', 'FirstQueue', 'FirstAgent', 'Abandon', 'CallStatusNum', 'Site'];
const csv = (rows: (string | number)[][], delimiter = ';'): string => `${[HEADER, ...rows].map((row) => row.join(delimiter)).join('\r\n')}\r\n`;
const T = 1_768_464_000; // 2026-01-15 08:00:00

const NONE = { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };
const bank = resolve(process.env['VIGIE_REFERENCE_DATA'] ?? '../shared/data', 'anonymous-bank/january-1999.txt');
const present = existsSync(bank);
if (!present) process.stderr.write(`SKIPPED: ${bank} is absent, its import is not compared between the engines (VIGIE_REFERENCE_DATA)\n`);

interface Case { name: string; file: string; text: string | Buffer; mapping: string | object }
const local = {
  name: 'local', target: 'calls', zone: 'Europe/Paris', source: { format: 'delimited', delimiters: [','] },
  columns: {
    call_id: 'id', started_at: { op: 'date-time', date: 'day', time: 'at', format: 'dd/MM/yyyy', zone: 'source' },
    wait_s: { op: 'duration', of: 'wait', unit: 'clock', negative: 'zero' }, talk_s: { op: 'duration', of: 'talk', unit: 'cs', negative: 'keep' },
  },
};
const ROW = { CustomerID: 1, CallType: 1, CallUniversalTime: '2026-01-15 09:30:00.250', IvrDuration: 3, WaitDuration: 8, ConvDuration: 100, FirstQueue: 101, FirstAgent: 'S1204', Abandon: 0, CallStatusGroup: 1, CallStatusNum: 5, Sequence: 1 };
const json = (rows: object[]): string => rows.map((row) => JSON.stringify({ ...ROW, ...row })).join('\n');

/** In this order into one warehouse: later files meet rows of earlier ones. */
const CASES: Case[] = [
  {
    name: 'an ODCalls export with what people do to such files', file: 'odcalls.csv', mapping: 'hermes-odcalls',
    text: csv([
      ['A', 1, 1, '2026-01-15 09:30:00.000', 8, 100, '0612345678', 101, 'S1204', 0, 5, 'nord'], ['B', 1, 1, '15/01/2026 09:31:00', -2, 0, 'NULL', 101, 'S0', 1, '', 'sud'],
      ['C', 1, 1, '2026-01-15T09:32:00Z', 0, 0, '', '', '', 'NULL', '', ''], ['too', 'many', 1, 1, '2026-01-15 09:30:00', 8, 0, '', 101, '', 1, '', '', 'columns'], ['few'],
      ['D', 1, 1, 'yesterday', 8, 0, '', 101, '', 1, '', ''], ['E', 1, 9, '2026-01-15T23:59:59+02:00', '59.9', '1e2', '+33 6 12-34', -1, 7, 'false', 101, '"a;b ""c"""'], ['F', 1, 1, '2026-02-31 10:00:00', 1, 1, '', '', '', 0, '', ''],
      ['A', 1, 1, '2026-01-15 09:30:00.000', 8, 101, '0612345678', 101, 'S1204', 0, 5, 'nord'],
    ]),
  },
  { name: 'the same file with a qualified call, another start and an unknown flag', file: 'odcalls.csv', mapping: 'hermes-odcalls',
    text: csv([['B', 1, 1, '2026-01-16 09:31:00', 2, 40, '', 102, 7, 0, 5, 'sud'], ['C', 1, 1, '2026-01-15T09:32:00Z', 0, 0, '', '', '', 7, '', ''], ['E', 1, 1, '2026-01-15T21:59:59Z', 1, 1, '', '', '', 'NULL', '', '']]) },
  { name: 'ODActions', file: 'actions.csv', mapping: 'hermes-odactions', text: 'OriginatorID;OriginatorType;State;ActionUniversalTimeString;Duration\n1204;1;3;20260115093000123;61500\n1;2;3;20260115093000123;5\n1205;1;88;20260115093000123;x\n1206;1;3;20260115093000;5\n' },
  {
    name: 'a queue_log as calls', file: 'queue_log', mapping: 'asterisk-queue-log',
    text: [
      `${T}|NONE|NONE|NONE|QUEUESTART|`, `${T}|c1|sales|NONE|ENTERQUEUE||0612345678|1`, `${T + 5}|c1|sales|SIP/10|RINGNOANSWER|5000`, `${T + 10}|c2|sales|NONE|ENTERQUEUE||0712345678|2`, `${T + 12}|c1|sales|SIP/11|CONNECT|12|x|4`,
      `${T + 25}|c2|sales|NONE|ABANDON|1|2|15`, `${T + 72}|c1|sales|SIP/11|COMPLETECALLER|12|60|1`, `${T + 80}|c3|sales|NONE|ENTERQUEUE|||1`, `${T + 110}|c3|sales|NONE|EXITWITHTIMEOUT|1|1|30`, `${T + 120}|c5|help|NONE|ENTERQUEUE|||1`,
    ].join('\n'),
  },
  {
    name: 'a queue_log as states of agents', file: 'queue_log', mapping: 'asterisk-queue-log-agents',
    text: [
      `${T + 10}|NONE|sales|SIP/11|ADDMEMBER|`, `${T + 30}|NONE|sales|SIP/12|ADDMEMBER|`, `${T + 52}|c1|sales|SIP/11|CONNECT|12|x|4`, `${T + 60}|NONE|sales|SIP/11|PAUSE|lunch`, `yesterday|c1|sales|SIP/12|CONNECT|1|x|1`,
      `${T + 112}|c1|sales|SIP/11|COMPLETECALLER|12|60|1`, `${T + 1312}|NONE|NONE|SIP/11|UNPAUSEALL|`, `${T + 90_000}|NONE|sales|SIP/11|REMOVEMEMBER|`, `${T + 90_001}|NONE|sales|SIP/12|REMOVEMEMBER|`,
    ].join('\n'),
  },
  {
    name: 'local times, and columns in another encoding', file: 'local.csv', mapping: { ...local, source: { ...local.source, encoding: 'latin-1' } },
    text: Buffer.from(`id,day,at,wait,talk\n${['w,15/01/2026,12:00:00', 's,15/07/2026,12:00:00', 'x skipped,29/03/2026,02:30:00', '"y ""é""",25/10/2026,02:30:00', 'z past midnight,15/01/2026,24:10:00', 'bad,31/02/2026,12:00:00', ',15/01/2026,12:00:00'].map((row) => `${row},1:01:05,1999`).join('\n')}\n`, 'latin1'),
  },
  {
    name: 'rows of a core', file: 'calls.ndjson', mapping: 'od-calls',
    text: `${json([
      { ID: 'a1', CallUniversalTime: '2026-01-17 10:00:00' }, { ID: 'a1', Sequence: 3, ConvDuration: 9, ANI: '0033612345678' }, { ID: 'a1', Sequence: 2 }, { ID: 'é😀', surprise: { deep: [1, null] }, Memo: "'; DROP \\ \u0001" },
      { ID: 'flag', Abandon: 7 }, { ID: 'time', CallUniversalTime: '2026-13-45' }, { ID: '' }, { ID: 'big', Indice: 9_007_199_254_740_991, CtiID: 123, WaitDuration: '12abc' }, { ID: 'open', Abandon: null, CallStatusNum: null },
    ])}\n{"torn\n\n[1]\n{"ID":"after","CustomerID":1,"CallUniversalTime":"2026-01-17 11:00:00","Abandon":1}`,
  },
  {
    name: 'dials of a core, one that rings', file: 'dials.ndjson', mapping: 'od-calls',
    text: json([{ ID: 'd1' }, { ID: 'd2', FirstAgent: 0, Abandon: 1, CallStatusGroup: 0, CallStatusNum: 89 }, { ID: 'd3', FirstAgent: 0, CallStatusGroup: 0, CallStatusNum: 93 }, { ID: 'd4', FirstAgent: 0, Abandon: null, CallStatusGroup: null, CallStatusNum: null }]
      .map((row) => ({ CallType: 2, FirstCampaign: '9000', ...row }))),
  },
  { name: 'the same rows again and one newer', file: 'calls.ndjson', mapping: 'od-calls', text: json([{ ID: 'a1', Sequence: 3, ConvDuration: 9, ANI: '0033612345678' }, { ID: 'a1', Sequence: 3, ConvDuration: 10 }, { ID: 'open', Sequence: 1 }, { ID: 'é😀', Sequence: 0 }]) },
];

describe.skipIf(!HAS_CLICKHOUSE)('the same files into both engines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-both-'));
  let server: TestServer;
  let engines: Engine[] = [];
  let warehouses: Warehouse[] = [];
  beforeAll(async () => {
    server = await startTestServer();
    engines = [openDuckDb({ path: ':memory:', threads: 1 }), openClickHouse({ url: server.freshUrl() })];
    warehouses = await Promise.all(engines.map((engine) => openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping })));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(warehouses.map((warehouse) => warehouse.close()));
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const both = <T>(ask: (warehouse: Warehouse, engine: Engine) => Promise<T>): Promise<T[]> => Promise.all(warehouses.map((warehouse, index) => ask(warehouse, engines[index] ?? fail())));

  /** JSON texts may be written in other ways. */
  async function table(engine: Engine, name: string, columns: Column[], order: string): Promise<unknown[]> {
    const rows = await engine.query({ sql: `SELECT ${columns.map((column) => (column.type === 'json' ? `CAST(${column.name} AS VARCHAR) AS ${column.name}` : column.name)).join(', ')} FROM store.${name} ORDER BY ${order}` });
    return rows.map((row) => ({ ...row, extra: typeof row['extra'] === 'string' ? JSON.parse(row['extra']) : row['extra'] }));
  }

  test.each(CASES)('$name', async ({ file, text, mapping }) => {
    const path = join(folder, file);
    writeFileSync(path, text);
    const [duck, click] = await both((warehouse) => importFile({ file: path, mapping, tenant: 'ocm', warehouse }));
    expect(click).toEqual(duck);
    expect((duck?.accepted ?? 0) + (duck?.updated ?? 0)).toBeGreaterThan(0);
    for (const [name, columns, order] of [['calls', CALLS, 'call_id'], ['legs', LEGS, 'call_id, leg'], ['agent_states', AGENT_STATES_TABLE, 'agent, started_at, state']] as const) {
      const [ofDuck, ofClick] = await both((_, engine) => table(engine, name, columns, order));
      expect(ofClick).toEqual(ofDuck);
    }
    const [kept, keptToo] = await both((warehouse) => warehouse.quarantine({ limit: 500 }));
    // DuckDB fills up what a line lacks.
    const plain = (rows: typeof kept): unknown => rows?.map(({ line, reason, raw, source }) => ({ line, reason, raw: raw.trim().replace(/\|+$/, ''), source }));
    expect(plain(keptToo)).toEqual(plain(kept));
    const [days, daysToo] = await both((_, engine) => engine.query({ sql: 'SELECT DISTINCT target, CAST(day AS VARCHAR) AS day FROM store.touched_days ORDER BY target, day' }));
    expect(daysToo).toEqual(days);
    const [state, stateToo] = await both((_, engine) => engine.query({ sql: 'SELECT load_mark, newest_event FROM store.state' }));
    expect(stateToo).toEqual(state);
  }, 60_000);

  test('a Parquet file', async () => {
    const path = join(folder, 'calls.parquet');
    await engines[0]?.execute({ sql: `COPY (SELECT 'P' AS id, TIMESTAMP '2026-01-18 09:30:00.5' AS "start", 12 AS wait UNION ALL SELECT NULL, NULL, 1) TO '${path}' (FORMAT parquet)` });
    const mapping = { name: 'pq', target: 'calls', source: { format: 'parquet' }, columns: { call_id: 'id', started_at: { op: 'timestamp', of: 'start', formats: ['iso'], zone: 'utc' }, wait_s: 'wait' } };
    const [duck, click] = await both((warehouse) => importFile({ file: path, mapping, tenant: 'ocm', warehouse }));
    expect(duck).toMatchObject({ accepted: 1, quarantined: 1 });
    expect(click).toEqual(duck);
    const [row, rowToo] = await both((_, engine) => engine.query({ sql: "SELECT started_at, wait_s, caller_key FROM store.calls WHERE call_id = 'P'" }));
    expect(rowToo).toEqual(row);
  });

  test('closed days, and days that a late row opened again, give the numbers that the rows gave', async () => {
    const ask = (warehouse: Warehouse): Promise<unknown> => warehouse.kpi({ measures: ['offered', 'answered', 'average-talk', 'service-level', 'logged-time', 'dial-attempts', 'reached', 'nuisance-rate', 'machines'], by: ['day'], from: '2026-01-14', to: '2026-01-20', zone: 'UTC', where: {} }, FULL_SCOPE).then(({ rows }) => rows);
    const [rows, rowsToo] = await both(ask);
    expect(rowsToo).toEqual(rows);
    const closing = await both((warehouse) => warehouse.closeDays({ utcMs: Date.UTC(2026, 1, 1) }));
    expect(closing[1]).toEqual(closing[0]);
    expect(closing[0]?.closed).toContain('2026-01-15');
    expect(await both(ask)).toEqual([rows, rows]);
    const dials = (answer: unknown): unknown => z.array(z.object({ 'day': z.string(), 'dial-attempts': z.number(), 'reached': z.number(), 'nuisance-rate': z.number().nullable(), 'machines': z.number() })).parse(answer).find(({ day }) => day === '2026-01-15');
    expect(dials(rows)).toMatchObject({ 'dial-attempts': 4, 'reached': 2, 'nuisance-rate': 0.5, 'machines': 1 });
    const path = join(folder, 'late.ndjson');
    writeFileSync(path, json([{ ID: 'late', CallUniversalTime: '2026-01-15 22:00:00', ConvDuration: 500 }, { ID: 'a1', Sequence: 9, CallUniversalTime: '2026-01-16 10:00:00', ConvDuration: 77 },
      // A dial that rang when its day was closed has reached somebody; another comes only now.
      { ID: 'd4', CallType: 2, FirstCampaign: '9000', Sequence: 2 }, { ID: 'd5', CallType: 2, FirstCampaign: '9000', FirstAgent: 0, CallStatusGroup: 0, CallStatusNum: 93 }]));
    await both((warehouse) => importFile({ file: path, mapping: 'od-calls', tenant: 'ocm', warehouse }));
    const [open, openToo] = await both(ask);
    expect(open).not.toEqual(rows);
    expect(openToo).toEqual(open);
    const again = await both((warehouse) => warehouse.closeDays({ utcMs: Date.UTC(2026, 1, 1) }));
    expect(again[1]).toEqual(again[0]);
    expect(again[0]?.closed).toEqual(['2026-01-15', '2026-01-16']);
    expect(await both(ask)).toEqual([open, open]);
    expect(dials(open)).toMatchObject({ 'dial-attempts': 5, 'reached': 3, 'nuisance-rate': 1 / 3, 'machines': 2 });
    expect(await both((warehouse) => warehouse.closeDays({ utcMs: Date.UTC(2026, 1, 1) }))).toEqual([{ closed: [] }, { closed: [] }]);
  }, 60_000);

  test.skipIf(!present)('the Anonymous Bank month, twice', async () => {
    const load = (warehouse: Warehouse): Promise<unknown> => importFile({ file: bank, mapping: 'anonymous-bank', warehouse });
    expect(await both(load)).toEqual([{ ...NONE, accepted: 31_359, leftOut: 240 }, { ...NONE, accepted: 31_359, leftOut: 240 }]);
    expect(await both(load)).toEqual([{ ...NONE, unchanged: 31_359, leftOut: 240 }, { ...NONE, unchanged: 31_359, leftOut: 240 }]);
    const [figures, figuresToo] = await both((_, engine) => engine.query({
      sql: `SELECT CAST(CAST(started_at AS DATE) AS VARCHAR) AS day, count(*) AS calls, sum(wait_s) AS wait, sum(talk_s) AS talk, sum(ivr_s) AS ivr, sum(priority) AS priority, min(started_at) AS first, max(started_at) AS last,
        sum(CAST(queued AS INTEGER)) AS queued, sum(CAST(abandoned AS INTEGER)) AS abandoned, count(DISTINCT first_agent) AS agents, count(DISTINCT contact_id) AS customers FROM store.calls WHERE tenant = 'anonymous-bank' GROUP BY ALL ORDER BY day`,
    }));
    expect(figures).toHaveLength(30);
    expect(figuresToo).toEqual(figures);
  }, 60_000);
});

function fail(): never {
  throw new Error('there is an engine for each warehouse');
}
