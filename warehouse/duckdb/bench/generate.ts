import type { Engine } from '../../engine.ts';

const TEXT = new Set(['ID', 'CallUniversalTime', 'CallLocalTime', 'CallUniversalTimeString', 'CallLocalTimeString', 'ANI', 'DNIS', 'FirstCampaign', 'FirstVirtualCamp',
  'LastCampaign', 'LastVirtualCamp', 'UUI', 'Memo', 'AssociatedData', 'OutTel', 'OutDialed', 'FirstIVR', 'LastIVR', 'LastTransfer', 'Comments', 'ContactID', 'RefID']);

/** The 52 columns of ODCalls as SQL over `range(n) r(i)`: 90 days, 12 queues, 120 agents, fixed by the row number. */
export const OD_CALLS_SQL: Record<string, string> = {
  ID: 'upper(md5(i::VARCHAR))', CtiID: 'i', CustomerID: '1 + i % 2', Indice: '0', CallType: '1',
  CallUniversalTime: "strftime(moment, '%Y-%m-%d %H:%M:%S.%g')", CallLocalTime: "strftime(moment + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M:%S.%g')",
  CallUniversalTimeString: "strftime(moment, '%Y%m%d%H%M%S')", CallLocalTimeString: "strftime(moment + INTERVAL 1 HOUR, '%Y%m%d%H%M%S')",
  Duration: '60 + hash(i) % 400', CallDuration: '60 + hash(i) % 400', AcceptDuration: 'hash(i + 1) % 5', IvrDuration: 'hash(i + 2) % 40', WaitDuration: 'hash(i + 3) % 90',
  TotalWaitDuration: 'hash(i + 3) % 90', ConvDuration: 'hash(i + 4) % 300', WrapupDuration: 'hash(i + 5) % 40', RerouteDuration: '0', OverflowDuration: '0',
  ANI: "'6' || (10000000 + hash(i + 6) % 90000000)", DNIS: "'8000'", FirstCampaign: "'C' || (i % 9)", FirstVirtualCamp: "''", LastCampaign: "'C' || (i % 9)", LastVirtualCamp: "''",
  UUI: "''", Memo: "''", AssociatedData: "'a=' || (i % 100)", OutTel: "''", OutDialed: "''",
  Closed: '0', NoAgent: '0', Overflow: '0', Abandon: 'CASE WHEN i % 12 = 0 THEN 1 ELSE 0 END', FirstIVR: "'accueil'", LastIVR: "'file'",
  FirstQueue: '101 + i % 12', LastQueue: '101 + i % 12', InitPriority: '1', FirstAgent: 'CASE WHEN i % 12 = 0 THEN 0 ELSE 1000 + i % 120 END', LastAgent: 'CASE WHEN i % 12 = 0 THEN 0 ELSE 1000 + i % 120 END',
  LastTransfer: "''", CallStatusGroup: '1', CallStatusNum: 'i % 8', CallStatusDetail: '0', Comments: "''", ContactID: "''", EndByAgent: 'i % 2', AgentListen: '0', EndReason: '0', RefID: "''", ProActiveReason: '0',
};

/** DuckDB's types of those columns, for the engine's own reading. */
export const OD_CALLS_TYPES = Object.fromEntries(Object.keys(OD_CALLS_SQL).map((name) => [name, TEXT.has(name) ? 'VARCHAR' : 'BIGINT']));

/** Writes `rows` calls in the order of their time. */
export async function generateOdCalls(engine: Engine, file: string, rows: number, format: 'csv' | 'json'): Promise<void> {
  const columns = Object.entries(OD_CALLS_SQL).map(([name, sql]) => `${sql} AS "${name}"`);
  const options = format === 'csv' ? "FORMAT csv, DELIMITER ';', HEADER" : 'FORMAT json';
  await engine.execute({
    sql: `COPY (SELECT ${columns.join(', ')}${format === 'json' ? ', i + 1 AS "Sequence"' : ''} FROM (SELECT i, TIMESTAMP '2026-01-01' + to_milliseconds(i * ${Math.floor((90 * 86_400_000) / rows)}) AS moment FROM range(${rows}) r(i))) TO '${file}' (${options})`,
  });
}
