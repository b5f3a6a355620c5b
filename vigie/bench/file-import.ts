import { join } from 'node:path';
import { importFile } from '../../ingest/import.ts';
import { OD_CALLS_COLUMNS } from '../../telephony/rows.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import type { Bench } from './bench.ts';

const CALLS = 1_000_000;
const LIMITS = { memoryMb: 2048, threads: 2 };

/** A file of Hermes' 52 columns, against the engine's own INSERT … SELECT from the same file. */
export const fileImport: Bench = {
  name: 'file-import',
  describe: `${CALLS.toLocaleString('en')} calls of 52 columns from a delimited file: first import, second import, and the engine's own INSERT … SELECT`,
  unit: 'calls/s',
  async prepare(folder) {
    const engine = openDuckDb({ path: ':memory:' });
    await engine.execute({ sql: `COPY (${sampleCalls()}) TO '${fileIn(folder)}' (HEADER, DELIMITER ';')` });
    await engine.close();
    await timedImport(folder, join(folder, 'known'));
  },
  variants: {
    'first import': ({ shared, scratch }) => timedImport(shared, scratch),
    'second import': ({ shared }) => timedImport(shared, join(shared, 'known')),
    async engine({ shared, scratch }) {
      const engine = openDuckDb({ path: join(scratch, 'plain.duckdb'), threads: LIMITS.threads, memoryLimit: `${LIMITS.memoryMb}MB` });
      const source = `read_csv('${fileIn(shared)}', delim=';', header=true)`;
      await engine.execute({ sql: `CREATE TABLE plain AS SELECT * FROM ${source} LIMIT 0` });
      const begun = performance.now();
      await engine.execute({ sql: `INSERT INTO plain SELECT * FROM ${source}` });
      const rate = CALLS / ((performance.now() - begun) / 1000);
      await engine.close();
      return rate;
    },
  },
  ratios: [
    { name: 'first import / engine', of: 'first import', to: 'engine', atLeast: 0.3 },
    { name: 'second import / engine', of: 'second import', to: 'engine', atLeast: 0.3 },
  ],
};

async function timedImport(shared: string, dataDirectory: string): Promise<number> {
  const warehouse = await openLocalWarehouse({ dataDirectory, ...LIMITS });
  const begun = performance.now();
  const counts = await importFile({ file: fileIn(shared), mapping: 'hermes-odcalls', tenant: 'ocm', warehouse });
  const rate = CALLS / ((performance.now() - begun) / 1000);
  await warehouse.close();
  if (counts.accepted + counts.unchanged !== CALLS) throw new Error(`not all calls were taken: ${JSON.stringify(counts)}`);
  return rate;
}

function fileIn(folder: string): string {
  return join(folder, 'calls.csv');
}

/** Calls of one month, all columns filled, the same every time. */
function sampleCalls(): string {
  const filled: Record<string, string> = {
    ID: "upper(md5('call ' || i))", CtiID: 'i', CustomerID: '1', Indice: '0', CallType: '1',
    CallUniversalTime: "strftime(at, '%Y-%m-%d %H:%M:%S.%g')", CallLocalTime: "strftime(at + INTERVAL 1 HOUR, '%Y-%m-%d %H:%M:%S.%g')",
    CallUniversalTimeString: "strftime(at, '%Y%m%d%H%M%S')", CallLocalTimeString: "strftime(at + INTERVAL 1 HOUR, '%Y%m%d%H%M%S')",
    Duration: '60 + i % 400', CallDuration: '58 + i % 400', IvrDuration: 'i % 20', WaitDuration: 'i % 90', TotalWaitDuration: 'i % 90', ConvDuration: '40 + i % 300', WrapupDuration: 'i % 30',
    ANI: "'23765' || lpad((i * 7919 % 10000000)::VARCHAR, 7, '0')", DNIS: "'8900'", FirstCampaign: "'8900'", LastCampaign: "'8900'",
    Closed: '0', NoAgent: '0', Overflow: '0', Abandon: '(i % 12 = 0)::INTEGER', FirstQueue: '101 + i % 9', LastQueue: '101 + i % 9',
    FirstAgent: 'CASE WHEN i % 12 = 0 THEN 0 ELSE 1001 + i % 120 END', LastAgent: 'CASE WHEN i % 12 = 0 THEN 0 ELSE 1001 + i % 120 END',
    CallStatusGroup: '1', CallStatusNum: '1 + i % 5', CallStatusDetail: '0', EndByAgent: 'i % 2', AgentListen: '0', EndReason: '0',
  };
  const columns = OD_CALLS_COLUMNS.map((column) => `${filled[column] ?? (/Duration|Reason|Priority/.test(column) ? '0' : "''")} AS "${column}"`);
  return `SELECT ${columns.join(', ')} FROM (SELECT i, TIMESTAMP '2026-01-01 06:00:00' + i * INTERVAL 2500 MILLISECOND AS at FROM range(${CALLS}) AS r(i))`;
}
