import { OD_CALLS_COLUMNS } from '../../telephony/rows.ts';

/** A SELECT of calls with Hermes' 52 columns, all filled, the same every time, one each 2.5 s. */
export function sampleCalls(calls: number): string {
  const filled: Record<string, string> = {
    ID: "upper(md5('call ' || i))", CtiID: 'i', CustomerID: '1', Indice: '0', CallType: '1',
    CallUniversalTime: "strftime(began, '%Y-%m-%d %H:%M:%S.%g')", CallLocalTime: "strftime(began + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M:%S.%g')",
    CallUniversalTimeString: "strftime(began, '%Y%m%d%H%M%S')", CallLocalTimeString: "strftime(began + INTERVAL 1 HOUR, '%Y%m%d%H%M%S')",
    Duration: '60 + i % 400', CallDuration: '58 + i % 400', IvrDuration: 'i % 20', WaitDuration: 'i % 90', TotalWaitDuration: 'i % 90', ConvDuration: '40 + i % 300', WrapupDuration: 'i % 30',
    ANI: "'23765' || lpad((i * 7919 % 10000000)::VARCHAR, 7, '0')", DNIS: "'8900'", FirstCampaign: "'8900'", LastCampaign: "'8900'",
    Closed: '0', NoAgent: '0', Overflow: '0', Abandon: '(i % 12 = 0)::INTEGER', FirstQueue: '101 + i % 9', LastQueue: '101 + i % 9',
    FirstAgent: 'CASE WHEN i % 12 = 0 THEN 0 ELSE 1001 + i % 120 END', LastAgent: 'CASE WHEN i % 12 = 0 THEN 0 ELSE 1001 + i % 120 END',
    CallStatusGroup: '1', CallStatusNum: '1 + i % 5', CallStatusDetail: '0', EndByAgent: 'i % 2', AgentListen: '0', EndReason: '0',
  };
  const columns = OD_CALLS_COLUMNS.map((column) => `${filled[column] ?? (/Duration|Reason|Priority/.test(column) ? '0' : "''")} AS "${column}"`);
  return `SELECT ${columns.join(', ')} FROM (SELECT i, TIMESTAMP '2026-01-01 06:00:00' + i * INTERVAL 2500 MILLISECOND AS began FROM range(${calls}) AS r(i))`;
}
