import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDuckDb } from '../warehouse/duckdb/engine.ts';
import type { Engine } from '../warehouse/engine.ts';
import { openWarehouse } from '../warehouse/open-warehouse.ts';
import { FULL_SCOPE, type LoadCounts, type Warehouse } from '../warehouse/warehouse.ts';
import { importFile } from './import.ts';
import { planForMapping } from './mapping/plan-for-mapping.ts';

const NONE: LoadCounts = { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };
let folder: string;
let engine: Engine;
let warehouse: Warehouse;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'vigie-import-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });
beforeEach(async () => {
  engine = openDuckDb({ path: ':memory:', threads: 1 });
  warehouse = await openWarehouse({ engine, callerKeySecret: 'secret', planFor: planForMapping });
});
afterEach(() => warehouse.close());

function importText(text: string | Buffer, mapping: string | object, name = 'calls.csv'): Promise<LoadCounts> {
  const file = join(folder, name);
  writeFileSync(file, text);
  return importFile({ file, mapping, tenant: 'ocm', warehouse });
}

const HEADER = ['ID', 'CustomerID', 'CallType', 'CallUniversalTime', 'WaitDuration', 'ConvDuration', 'ANI', 'FirstQueue', 'FirstAgent', 'Abandon', 'CallStatusNum', 'Site'];
const odcalls = (rows: (string | number)[][], delimiter = ';'): string => `${[HEADER, ...rows].map((row) => row.join(delimiter)).join('\r\n')}\r\n`;

describe('a Hermes ODCalls export', () => {
  test.each([';', ',', '\t'])('is read with its delimiter (%j), and the second time nothing changes', async (delimiter) => {
    const text = odcalls([
      ['A', 1, 1, '2026-01-15 09:30:00.000', 8, 100, '0612345678', 101, 'S1204', 0, 5, 'nord'], ['B', 1, 1, '15/01/2026 09:31:00', -2, 0, 'NULL', 101, 'S0', 1, '', 'sud'],
      ['C', 1, 1, '2026-01-15T09:32:00Z', 0, 0, '', '', '', 'NULL', '', ''],
    ], delimiter);
    expect(await importText(text, 'hermes-odcalls')).toEqual({ ...NONE, accepted: 3 });
    expect(await engine.query({ sql: 'SELECT call_id, tenant, row_state, started_at::VARCHAR AS at, queued, answered, abandoned, wait_s, first_agent, extra::VARCHAR AS extra FROM store.calls ORDER BY call_id' })).toEqual([
      { call_id: 'A', tenant: 'ocm', row_state: 3, at: '2026-01-15 09:30:00', queued: true, answered: true, abandoned: false, wait_s: 8, first_agent: '1204', extra: '{"Site":"nord"}' },
      { call_id: 'B', tenant: 'ocm', row_state: 2, at: '2026-01-15 09:31:00', queued: true, answered: false, abandoned: true, wait_s: 0, first_agent: '', extra: '{"Site":"sud"}' },
      { call_id: 'C', tenant: 'ocm', row_state: 1, at: '2026-01-15 09:32:00', queued: false, answered: false, abandoned: null, wait_s: 0, first_agent: '', extra: '{"Site":null}' },
    ]);
    expect(await engine.query({ sql: 'SELECT call_id, outcome FROM store.legs ORDER BY call_id' })).toEqual([{ call_id: 'A', outcome: 'answered' }, { call_id: 'B', outcome: 'abandoned' }]);
    expect(await importText(text, 'hermes-odcalls')).toEqual({ ...NONE, unchanged: 3 });
  });

  test('a qualified call replaces its leg too', async () => {
    await importText(odcalls([['A', 1, 1, '2026-01-15 09:30:00', 8, 0, '', 101, '', 1, '', '']]), 'hermes-odcalls');
    expect(await importText(odcalls([['A', 1, 1, '2026-01-15 09:30:00', 8, 90, '', 101, 7, 0, 5, '']]), 'hermes-odcalls')).toEqual({ ...NONE, updated: 1 });
    expect(await engine.query({ sql: 'SELECT agent, outcome, talk_s FROM store.legs' })).toEqual([{ agent: '7', outcome: 'answered', talk_s: 90 }]);
  });

  test('broken lines are kept with their number and text', async () => {
    const good = (id: string): (string | number)[] => [id, 1, 1, '2026-01-15 09:30:00', 8, 0, '', 101, '', 1, '', ''];
    expect(await importText(odcalls([good('A'), ['too', 'many', ...good('B'), 'columns'], good('C'), ['few'], [...good('D').slice(0, 3), 'yesterday', ...good('D').slice(4)], good('E')]), 'hermes-odcalls'))
      .toEqual({ ...NONE, accepted: 3, quarantined: 3 });
    const rows = (await warehouse.quarantine({ limit: 9 })).toSorted((a, b) => a.line - b.line);
    expect(rows.map(({ line, reason }) => [line, reason])).toEqual([[3, 'too many columns'], [5, 'missing columns'], [6, 'bad timestamp in CallUniversalTime: yesterday']]);
    expect(rows[2]?.raw).toBe('D;1;1;yesterday;8;0;;101;;1;;');
    expect(rows[0]?.raw).toContain('too;many;B');
  });

  test('another delimiter or another file says what was expected and found', async () => {
    await expect(importText(odcalls([], '|'), 'hermes-odcalls')).rejects.toThrow(/lacks the columns CustomerID, .*found: ID\|CustomerID\|/);
    await expect(importFile({ file: join(folder, 'none.csv'), mapping: 'hermes-odcalls', warehouse })).rejects.toThrow(/no file .*none\.csv/);
    await expect(importText('', 'hermes-odcalls')).rejects.toThrow(/is empty: its first line must name the columns CustomerID/);
    await expect(importText('x', 'hermes-odcall')).rejects.toThrow(/use one of .*hermes-odcalls/);
  });
});

test('ODActions of both generations; the unit is the mapping\'s', async () => {
  const older = 'OriginatorID;OriginatorType;State;ActionUniversalTimeString;Duration\n1204;1;3;20260115093000123;61500\n1;2;3;20260115093000123;5\n';
  expect(await importText(older, 'hermes-odactions')).toEqual({ ...NONE, accepted: 1, leftOut: 1 });
  const newer = 'AgentId;SessionId;DateUTC;Context;State;Duration\n1205;s1;2026-01-15 09:30:00.500;;77;6150\n';
  expect(await importText(newer, 'hermes-odactions')).toEqual({ ...NONE, accepted: 1 });
  expect(await engine.query({ sql: 'SELECT agent, state, duration_ms, ms_of(started_at) % 1000 AS ms FROM store.agent_states ORDER BY agent' }))
    .toEqual([{ agent: '1204', state: 'talk', duration_ms: 61_500, ms: 123 }, { agent: '1205', state: 'unknown', duration_ms: 6150, ms: 500 }]);
});

test('a queue_log: many lines are one call', async () => {
  const log = [
    '1768469400|NONE|NONE|NONE|QUEUESTART|', '1768469400|c1|sales|NONE|ENTERQUEUE||0612345678|1', '1768469405|c1|sales|SIP/10|RINGNOANSWER|5000',
    '1768469410|c2|sales|NONE|ENTERQUEUE||0712345678|2', '1768469412|c1|sales|SIP/11|CONNECT|12|x|4', '1768469425|c2|sales|NONE|ABANDON|1|2|15',
    '1768469472|c1|sales|SIP/11|COMPLETECALLER|12|60|1', '1768469480|c3|sales|NONE|ENTERQUEUE|||1', '1768469510|c3|sales|NONE|EXITWITHTIMEOUT|1|1|30',
    '1768469511|c4|help|NONE|ENTERQUEUE|||1', '1768469520|c4|help|SIP/12|CONNECT|9|y|2', '1768469530|c5|help|NONE|ENTERQUEUE|||1', '1768469560|c4|help|SIP/12|BLINDTRANSFER|200|ctx|9|40|1', '1768469600|NONE|NONE|SIP/12|PAUSE|lunch',
  ].join('\n');
  expect(await importText(log, 'asterisk-queue-log', 'queue_log')).toEqual({ ...NONE, accepted: 5 });
  expect(await engine.query({ sql: 'SELECT call_id, row_state AS state, first_queue AS queue, first_agent AS agent, queued, answered, abandoned, overflowed, wait_s AS wait, talk_s AS talk, last_transfer AS transfer FROM store.calls ORDER BY call_id' })).toEqual([
    { call_id: 'c1', state: 2, queue: 'sales', agent: 'SIP/11', queued: true, answered: true, abandoned: false, overflowed: false, wait: 12, talk: 60, transfer: '' },
    { call_id: 'c2', state: 2, queue: 'sales', agent: '', queued: true, answered: false, abandoned: true, overflowed: false, wait: 15, talk: 0, transfer: '' },
    { call_id: 'c3', state: 2, queue: 'sales', agent: '', queued: true, answered: false, abandoned: false, overflowed: true, wait: 30, talk: 0, transfer: '' },
    { call_id: 'c4', state: 2, queue: 'help', agent: 'SIP/12', queued: true, answered: true, abandoned: false, overflowed: false, wait: 9, talk: 40, transfer: '200' },
    { call_id: 'c5', state: 1, queue: 'help', agent: '', queued: false, answered: false, abandoned: null, overflowed: null, wait: 0, talk: 0, transfer: '' },
  ]);
  expect(await importText(`${log}\n1768469610|c5|help|NONE|ABANDON|1|1|80`, 'asterisk-queue-log', 'queue_log')).toEqual({ ...NONE, updated: 1, unchanged: 4 });
});

describe('the agents of a queue_log', () => {
  const T = 1_768_464_000; // 2026-01-15 08:00:00
  const log = [
    `${T}|NONE|NONE|NONE|QUEUESTART|`, `${T + 10}|NONE|sales|SIP/11|ADDMEMBER|`, `${T + 10}|NONE|help|SIP/11|ADDMEMBER|`, `${T + 30}|NONE|sales|SIP/12|ADDMEMBER|`,
    `${T + 40}|c1|sales|NONE|ENTERQUEUE||0612345678|1`, `${T + 45}|c1|sales|SIP/12|RINGNOANSWER|5000`, `${T + 52}|c1|sales|SIP/11|CONNECT|12|x|4`,
    // A pause that is asked for during a call, the reason with the queue's own line only.
    `${T + 60}|NONE|sales|SIP/11|PAUSE|lunch`, `${T + 60}|NONE|help|SIP/11|PAUSE|lunch`, `${T + 60}|NONE|NONE|SIP/11|PAUSEALL|`,
    `${T + 112}|c1|sales|SIP/11|COMPLETECALLER|12|60|1`, `${T + 1312}|NONE|NONE|SIP/11|UNPAUSEALL|`,
    `${T + 1400}|NONE|help|SIP/11|REMOVEMEMBER|`, `${T + 1500}|c2|sales|SIP/11|CONNECT|3|y|1`,
    // Leaves the last queue while talking: the call goes on, nothing comes after it.
    `${T + 1510}|NONE|sales|SIP/11|REMOVEMEMBER|`, `${T + 1530}|c2|sales|SIP/11|COMPLETEAGENT|3|30|1`,
    `${T + 2000}|c3|sales|SIP/12|CONNECT|3|y|1`, `${T + 2090}|c3|sales|SIP/12|BLINDTRANSFER|200|ctx|3|90|1`,
  ];
  const states = (): Promise<unknown[]> => engine.query({ sql: `SELECT agent, state, (epoch_ms(started_at) / 1000)::INTEGER - ${T} AS at, (duration_ms / 1000)::INTEGER AS s, reason, call_id AS call, queue FROM store.agent_states ORDER BY agent, started_at` });
  const none = { reason: '', call: '', queue: '' };

  test('have their states with durations; the running one comes with a later file', async () => {
    expect(await importText(log.join('\n'), 'asterisk-queue-log-agents', 'queue_log')).toMatchObject({ accepted: 11, quarantined: 0 });
    const eleven = [
      { agent: 'SIP/11', state: 'ready', at: 10, s: 42, ...none },
      { agent: 'SIP/11', state: 'talk', at: 52, s: 8, reason: '', call: 'c1', queue: 'sales' },
      { agent: 'SIP/11', state: 'talk', at: 60, s: 52, reason: '', call: 'c1', queue: 'sales' },
      { agent: 'SIP/11', state: 'pause', at: 112, s: 1200, reason: 'lunch', call: '', queue: '' },
      { agent: 'SIP/11', state: 'ready', at: 1312, s: 88, ...none },
      { agent: 'SIP/11', state: 'ready', at: 1400, s: 100, ...none },
      { agent: 'SIP/11', state: 'talk', at: 1500, s: 10, reason: '', call: 'c2', queue: 'sales' },
      { agent: 'SIP/11', state: 'talk', at: 1510, s: 20, reason: '', call: 'c2', queue: 'sales' },
      { agent: 'SIP/11', state: 'logged_out', at: 1530, s: 0, ...none },
    ];
    const twelve = [
      { agent: 'SIP/12', state: 'ready', at: 30, s: 1970, ...none },
      { agent: 'SIP/12', state: 'talk', at: 2000, s: 90, reason: '', call: 'c3', queue: 'sales' },
    ];
    expect(await states()).toEqual([...eleven, ...twelve]);
    expect(await importText(log.join('\n'), 'asterisk-queue-log-agents', 'queue_log')).toMatchObject({ accepted: 0, updated: 0, unchanged: 11, quarantined: 0 });
    expect(await importText([...log, `${T + 2500}|NONE|sales|SIP/12|REMOVEMEMBER|`].join('\n'), 'asterisk-queue-log-agents', 'queue_log')).toMatchObject({ accepted: 2, updated: 0, unchanged: 11 });
    expect(await states()).toEqual([...eleven, ...twelve, { agent: 'SIP/12', state: 'ready', at: 2090, s: 410, ...none }, { agent: 'SIP/12', state: 'logged_out', at: 2500, s: 0, ...none }]);
  });

  test('count like any others', async () => {
    await importText(log.join('\n'), 'asterisk-queue-log-agents', 'queue_log');
    const { rows } = await warehouse.kpi({ measures: ['logged-time', 'talk-time', 'pause-time', 'ready-time'], by: ['agent'], from: '2026-01-15', to: '2026-01-16', zone: 'UTC', where: {} }, FULL_SCOPE);
    expect(rows).toEqual([
      { 'agent': 'SIP/11', 'logged-time': 1520, 'talk-time': 90, 'pause-time': 1200, 'ready-time': 230 },
      { 'agent': 'SIP/12', 'logged-time': 2060, 'talk-time': 90, 'pause-time': 0, 'ready-time': 1970 },
    ]);
  });

  test('a line that cannot be read is kept aside, and the next one is found all the same', async () => {
    expect(await importText([...log.slice(0, 4), 'yesterday|c1|sales|SIP/12|CONNECT|1|x|1', ...log.slice(4)].join('\n'), 'asterisk-queue-log-agents', 'queue_log')).toMatchObject({ accepted: 11, quarantined: 1 });
  });
});

describe('times and units', () => {
  const mapping = {
    name: 'local', target: 'calls', zone: 'Europe/Paris', source: { format: 'delimited', delimiters: [','] },
    columns: {
      call_id: 'id', started_at: { op: 'date-time', date: 'day', time: 'at', format: 'dd/MM/yyyy', zone: 'source' },
      wait_s: { op: 'duration', of: 'wait', unit: 'clock', negative: 'zero' }, talk_s: { op: 'duration', of: 'talk', unit: 'cs', negative: 'keep' },
    },
  };
  test('local times get the offset of their own date; skipped and doubled hours are read as documented', async () => {
    const rows = ['w,15/01/2026,12:00:00', 's,15/07/2026,12:00:00', 'x skipped,29/03/2026,02:30:00', 'y twice,25/10/2026,02:30:00', 'z past midnight,15/01/2026,24:10:00'].map((row) => `${row},1:01:05,1999`);
    expect(await importText(['id,day,at,wait,talk', ...rows].join('\n'), mapping)).toEqual({ ...NONE, accepted: 5 });
    expect(await engine.query({ sql: 'SELECT call_id AS id, started_at::VARCHAR AS at, wait_s, talk_s FROM store.calls ORDER BY call_id' })).toEqual([
      { id: 's', at: '2026-07-15 10:00:00', wait_s: 3665, talk_s: 19 }, { id: 'w', at: '2026-01-15 11:00:00', wait_s: 3665, talk_s: 19 }, { id: 'x skipped', at: '2026-03-29 01:30:00', wait_s: 3665, talk_s: 19 },
      { id: 'y twice', at: '2026-10-25 01:30:00', wait_s: 3665, talk_s: 19 }, { id: 'z past midnight', at: '2026-01-15 23:10:00', wait_s: 3665, talk_s: 19 },
    ]);
  });
  test('latin-1 and quoted fields', async () => {
    const text = Buffer.from('id,day,at,wait,talk\n"é,""x""",15/01/2026,12:00:00,0:05,100\n', 'latin1');
    expect(await importText(text, { ...mapping, source: { ...mapping.source, encoding: 'latin-1' } })).toEqual({ ...NONE, accepted: 1 });
    expect(await engine.query({ sql: 'SELECT call_id, wait_s FROM store.calls' })).toEqual([{ call_id: 'é,"x"', wait_s: 5 }]);
  });
  test('a date that does not exist, a time without sense, an epoch in milliseconds are refused', async () => {
    const rows = ['a,31/02/2026,12:00:00', 'b,15/01/2026,12:61:00', 'c,,12:00:00'].map((row) => `${row},0:01,1`);
    expect(await importText(['id,day,at,wait,talk', ...rows].join('\n'), mapping)).toEqual({ ...NONE, quarantined: 3 });
    const epoch = { ...mapping, columns: { call_id: 'id', started_at: { op: 'timestamp', of: 'at', formats: ['epoch-seconds'], zone: 'utc' } } };
    expect(await importText('id,at\na,1768469400\nb,1768469400000000\n', epoch)).toEqual({ ...NONE, accepted: 1, quarantined: 1 });
  });
});

test('Parquet', async () => {
  const file = join(folder, 'calls.parquet');
  await engine.execute({ sql: `COPY (SELECT 'A' AS id, TIMESTAMP '2026-01-15 09:30:00.5' AS "start", 12 AS wait, 'x' AS other UNION ALL SELECT NULL, NULL, 1, 'y') TO '${file}' (FORMAT parquet)` });
  const mapping = { name: 'pq', target: 'calls', source: { format: 'parquet' }, columns: { call_id: 'id', started_at: { op: 'timestamp', of: 'start', formats: ['iso'], zone: 'utc' }, wait_s: 'wait' } };
  expect(await importFile({ file, mapping, warehouse, tenant: 't' })).toEqual({ ...NONE, accepted: 1, quarantined: 1 });
  expect(await engine.query({ sql: 'SELECT tenant, call_id, ms_of(started_at) % 1000 AS ms, wait_s, extra::VARCHAR AS extra FROM store.calls' })).toEqual([{ tenant: 't', call_id: 'A', ms: 500, wait_s: 12, extra: '{"other":"x"}' }]);
  expect((await warehouse.quarantine({ limit: 1 }))[0]).toMatchObject({ line: 2, reason: 'missing call_id' });
});

test('the same calls as NDJSON and as a delimited file are the same facts', async () => {
  const row = (id: string): Record<string, string | number> => ({ ID: id, CustomerID: 'ocm', CallType: 1, CallUniversalTime: '2026-01-15 09:30:00.250', WaitDuration: 8, ConvDuration: 100, ANI: '0612345678', FirstQueue: 101, FirstAgent: 1204, Abandon: 0, CallStatusNum: 5, Site: 'a;b' });
  const rows = ['A', 'B'].map(row);
  await importText(rows.map((call) => JSON.stringify(call)).join('\n'), 'od-calls', 'calls.ndjson');
  const facts = { sql: 'SELECT * EXCLUDE (source, load_mark), extra::VARCHAR AS extra_text FROM store.calls ORDER BY call_id' };
  const streamed = await engine.query(facts);
  await engine.execute({ sql: 'DELETE FROM store.calls' });
  const cells = rows.map((call) => HEADER.map((name) => (name === 'Site' ? `"${call[name] ?? ''}"` : call[name] ?? '')));
  expect(await importText(odcalls(cells), 'hermes-odcalls')).toEqual({ ...NONE, accepted: 2 });
  expect(streamed).toHaveLength(2);
  expect(await engine.query(facts)).toEqual(streamed);
});
