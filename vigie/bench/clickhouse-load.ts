import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planForMapping } from '../../ingest/mapping/plan-for-mapping.ts';
import { OD_CALLS_COLUMNS } from '../../telephony/rows.ts';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import type { ClickHouseEngine } from '../../warehouse/clickhouse/engine.ts';
import { loadFiles } from '../../warehouse/clickhouse/load/load-file.ts';
import { installServer } from '../../warehouse/clickhouse/server/install.ts';
import { startServer } from '../../warehouse/clickhouse/server/server.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Bench, Measured } from './bench.ts';
import { sampleCalls } from './sample-calls.ts';
import { settle } from './settle.ts';

const CALLS = 400_000;

/**
 * A load into ClickHouse: everything that it is (checks, quarantine, comparison, rows, ledger), against the client's insert of
 * the same objects into a plain table, and against the same load whose lines the server takes from its own disk, all in one
 * statement that it shares out among its processors as it likes.
 */
export const clickhouseLoad: Bench = {
  name: 'clickhouse-load',
  describe: `${CALLS.toLocaleString('en')} calls of 52 columns: a load of the file, @clickhouse/client's JSONEachRow insert of the same objects, the same load with the server reading the file itself; CPU time of our process`,
  unit: 'calls/s',
  async prepare(folder) {
    await installServer((line) => void process.stderr.write(`${line}\n`));
    const engine = openDuckDb({ path: ':memory:' });
    await engine.execute({ sql: `COPY (${sampleCalls(CALLS)}) TO '${fileIn(folder)}' (FORMAT json)` });
    await engine.close();
    await settle(fileIn(folder));
  },
  variants: {
    load: ({ shared, scratch }) => timedLoad(scratch, fileIn(shared), (engine) => ({ engine })),
    server: ({ shared, scratch }) => timedLoad(scratch, fileIn(shared), (engine) => ({ engine: readingItself(engine, fileIn(shared)), rangeBytes: Infinity })),
    client: ({ shared, scratch }) => timedClient(scratch, fileIn(shared)),
  },
  ratios: [
    { name: 'load / client', of: 'load, rate', to: 'client, rate', atLeast: 2 },
    { name: 'load / server', of: 'load, rate', to: 'server, rate', atLeast: 0.8 },
    { name: 'CPU here, load / client', of: 'load, cpu', to: 'client, cpu', atMost: 0.1 },
  ],
};

async function timedLoad(scratch: string, file: string, context: (engine: ClickHouseEngine) => { engine: ClickHouseEngine; rangeBytes?: number }): Promise<Measured> {
  const server = await startServer({ folder: join(scratch, 'server'), memoryMb: 4000 });
  const engine = openClickHouse({ url: server.url('bench') });
  try {
    await engine.migrate();
    return await measured(async () => {
      const [counts] = await loadFiles({ ...context(engine), plan: planForMapping('od-calls'), callerKeySecret: 'bench' }, [{ loadId: 'bench', source: 'bench', file, mapping: 'od-calls' }]);
      if (counts?.accepted !== CALLS) throw new Error(`not all calls were taken: ${JSON.stringify(counts)}`);
    });
  } finally {
    await engine.close();
    await server.kill();
  }
}

/** The same statements, but the server opens the file. */
function readingItself(engine: ClickHouseEngine, file: string): ClickHouseEngine {
  return {
    ...engine,
    send: ({ body, ...request }) => {
      body?.destroy();
      return engine.send({ ...request, sql: request.sql.replace("input('line String')", () => `file('${file}', LineAsString, 'line String')`).replace(/ FORMAT LineAsString$/, '') });
    },
  };
}

async function timedClient(scratch: string, file: string): Promise<Measured> {
  const server = await startServer({ folder: join(scratch, 'server'), memoryMb: 4000 });
  const client = createClient({ url: `http://127.0.0.1:${server.httpPort}`, request_timeout: 600_000, log: { level: ClickHouseLogLevel.OFF } });
  try {
    await client.command({ query: `CREATE TABLE plain (${OD_CALLS_COLUMNS.map((column) => `${column} String`).join(', ')}) ENGINE = MergeTree ORDER BY (CallUniversalTime, ID)` });
    const values: unknown[] = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
    return await measured(async () => { await client.insert({ table: 'plain', values, format: 'JSONEachRow' }); });
  } finally {
    await client.close();
    await server.kill();
  }
}

async function measured(work: () => Promise<void>): Promise<Measured> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { rate: CALLS / seconds, cpu: (user + system) / 1e6 };
}

function fileIn(folder: string): string {
  return join(folder, 'calls.ndjson');
}
