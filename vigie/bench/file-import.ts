import { join } from 'node:path';
import { importFile } from '../../ingest/import.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import type { Bench } from './bench.ts';
import { sampleCalls } from './sample-calls.ts';
import { settle } from './settle.ts';

const CALLS = 1_000_000;
const LIMITS = { memoryMb: 2048, threads: 2 };

/** A file of Hermes' 52 columns, against the engine's own INSERT … SELECT from the same file. */
export const fileImport: Bench = {
  name: 'file-import',
  describe: `${CALLS.toLocaleString('en')} calls of 52 columns from a delimited file: first import, second import, and the engine's own INSERT … SELECT`,
  unit: 'calls/s',
  async prepare(folder) {
    const engine = openDuckDb({ path: ':memory:' });
    await engine.execute({ sql: `COPY (${sampleCalls(CALLS)}) TO '${fileIn(folder)}' (HEADER, DELIMITER ';')` });
    await engine.close();
    await timedImport(folder, join(folder, 'known'));
    await settle(fileIn(folder));
    await settle(join(folder, 'known', 'warehouse.duckdb'));
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
