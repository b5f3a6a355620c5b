import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planForMapping } from '../../ingest/mapping/plan-for-mapping.ts';
import { OD_CALLS_COLUMNS } from '../../telephony/rows.ts';
import { columnsRead } from '../../warehouse/columns-read.ts';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import type { ClickHouseEngine } from '../../warehouse/clickhouse/engine.ts';
import type { LoadContext } from '../../warehouse/clickhouse/load/decide.ts';
import { loadFiles } from '../../warehouse/clickhouse/load/load-file.ts';
import { installServer } from '../../warehouse/clickhouse/server/install.ts';
import { startServer } from '../../warehouse/clickhouse/server/server.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Bench, Measured } from './bench.ts';
import { sampleCalls } from './sample-calls.ts';
import { settle } from './settle.ts';

const CALLS = 400_000;

/**
 * A load into ClickHouse: everything that it is (checks, quarantine, comparison, rows, ledger). Against it stand the client's insert of
 * the same objects with which one comes to the same end, into a table from which the server then makes what a load makes; that insert
 * alone, after which nothing is checked, compared or known; and the same load whose lines the server takes from its own disk, all in
 * one statement that it shares out among its processors as it likes.
 */
export const clickhouseLoad: Bench = {
  name: 'clickhouse-load',
  describe: `${CALLS.toLocaleString('en')} calls of 52 columns: a load of the file; @clickhouse/client's JSONEachRow insert of the same objects, alone and with the way from there to the same rows; the same load with the server reading the file itself; CPU time of our process`,
  unit: 'calls/s',
  async prepare(folder) {
    await installServer((line) => void process.stderr.write(`${line}\n`));
    const engine = openDuckDb({ path: ':memory:' });
    await engine.execute({ sql: `COPY (${sampleCalls(CALLS)}) TO '${fileIn(folder)}' (FORMAT json)` });
    await engine.close();
    await settle(fileIn(folder));
  },
  variants: {
    load: ({ shared, scratch }) => timedLoad(scratch, fileIn(shared), (engine) => ({ engine, plan: PLAN })),
    server: ({ shared, scratch }) => timedLoad(scratch, fileIn(shared), (engine) => ({ engine: readingItself(engine, fileIn(shared)), plan: PLAN, rangeBytes: Infinity })),
    client: ({ shared, scratch }) => timedClient(scratch, fileIn(shared)),
  },
  ratios: [
    { name: 'load / client to the same end', of: 'load, rate', to: 'client, rate to the same end', atLeast: 2 },
    { name: "load / client's insert alone", of: 'load, rate', to: 'client, rate' },
    { name: 'load / server', of: 'load, rate', to: 'server, rate', atLeast: 0.8 },
    { name: 'CPU here, load / client', of: 'load, cpu', to: 'client, cpu', atMost: 0.1 },
  ],
};

const PLAN = planForMapping('od-calls');

type Context = Pick<LoadContext, 'engine' | 'plan' | 'rangeBytes'>;

async function timedLoad(scratch: string, file: string, context: (engine: ClickHouseEngine) => Context): Promise<Measured> {
  return onServer(scratch, (engine) => timed(() => loadAll(context(engine), file)));
}

async function loadAll(context: Context, file: string): Promise<void> {
  const [counts] = await loadFiles({ ...context, callerKeySecret: 'bench' }, [{ loadId: 'bench', source: 'bench', file, mapping: PLAN.name }]);
  if (counts?.accepted !== CALLS) throw new Error(`not all calls were taken: ${JSON.stringify(counts)}`);
}

/** Other statements have bodies too. */
function readsFile({ sql }: { sql: string }): boolean {
  return sql.includes('input(');
}

/** The same statements, but the server opens the file, and nothing says how many processors it may use. */
function readingItself(engine: ClickHouseEngine, file: string): ClickHouseEngine {
  return {
    ...engine,
    send(whole) {
      if (!readsFile(whole)) return engine.send(whole);
      const { body, bodyBytes: _bytes, settings, ...request } = whole;
      body?.destroy();
      const { max_threads: _threads, input_format_parallel_parsing: _parsing, ...others } = settings ?? {};
      return engine.send({ ...request, settings: others, sql: request.sql.replace("input('line String')", () => `file('${file}', LineAsString, 'line String')`).replace(/ FORMAT LineAsString$/, '') });
    },
  };
}

/** As loads of lines are sent. */
const STEPS_APART = { query_plan_merge_expressions: 0, max_block_size: '8192' } as const;
const LANDING = 'landing';
/** Columns that the mapping knows besides Hermes' own. */
const NOT_THERE = columnsRead(PLAN).filter((name) => !OD_CALLS_COLUMNS.some((column) => column === name));

/** The same statements, over rows that are in a table already: they have columns, as a Parquet file's. */
function readingLanded(engine: ClickHouseEngine): Context {
  return {
    plan: { ...PLAN, source: { ...PLAN.source, format: 'parquet' } },
    engine: {
      ...engine,
      send(whole) {
        if (!readsFile(whole)) return engine.send({ ...whole, settings: { ...whole.settings, ...STEPS_APART } });
        const { body, bodyBytes: _bytes, settings, ...request } = whole;
        body?.destroy();
        // Nobody keeps a row here as the text that it was.
        const sql = request.sql.replace(/toJSONString\(map\(.*?\)\) AS line/, "'' AS line");
        return engine.send({ ...request, settings: { ...settings, ...STEPS_APART }, sql: sql.replace(/input\('[^']*'\)/, () => `(SELECT *, ${NOT_THERE.map((name) => `NULL::Nullable(String) AS ${name}`).join(', ')} FROM ${LANDING})`).replace(/ FORMAT Parquet$/, '') });
      },
    },
  };
}

function timedClient(scratch: string, file: string): Promise<Measured> {
  return onServer(scratch, async (engine, url) => {
    const client = createClient({ url, request_timeout: 600_000, log: { level: ClickHouseLogLevel.OFF } });
    try {
      await client.command({ query: `CREATE TABLE ${LANDING} (${OD_CALLS_COLUMNS.map((column) => `${column} String`).join(', ')}) ENGINE = MergeTree ORDER BY (CallUniversalTime, ID)` });
      const values: unknown[] = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
      const inserted = await timed(async () => { await client.insert({ table: LANDING, values, format: 'JSONEachRow' }); });
      const whole = await timed(() => loadAll(readingLanded(engine), file));
      return { ...inserted, 'rate to the same end': 1 / (1 / inserted.rate + 1 / whole.rate) };
    } finally {
      await client.close();
    }
  });
}

async function onServer<T>(scratch: string, work: (engine: ClickHouseEngine, url: string) => Promise<T>): Promise<T> {
  const server = await startServer({ folder: join(scratch, 'server'), memoryMb: 4000 });
  const url = server.url('bench');
  const engine = openClickHouse({ url });
  try {
    await engine.migrate();
    return await work(engine, url);
  } finally {
    await engine.close();
    await server.kill();
  }
}

async function timed(work: () => Promise<void>): Promise<{ rate: number; cpu: number }> {
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
