import { openClickHouse, type ClickHouseEngine } from '../../warehouse/clickhouse/engine.ts';
import { installServer } from '../../warehouse/clickhouse/server/install.ts';
import { startServer, type ClickHouseServer } from '../../warehouse/clickhouse/server/server.ts';
import { closeDays } from '../../warehouse/kpi/close-days.ts';
import { CLICKHOUSE_WORDS, closedDaysOf, insertCalls, LAST_DAY, type History } from './generated-calls.ts';
import { madeOnce, storedCalls } from './stored-calls.ts';

const DATABASE = 'bench';
const DAYS_AT_ONCE = 30;
/** The open day came in many loads. */
const LOADS_OF_LAST_DAY = 24;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** A server's folder with the history: what loads and closings of days leave there. The server makes the rows itself. */
export async function makeStoredOnClickHouse(history: History): Promise<void> {
  await installServer(tell);
  await madeOnce(folderOf(history), async (folder) => {
    const server = await startServer({ folder, memoryMb: 4000 });
    const engine = openClickHouse({ url: server.url(DATABASE) });
    try {
      await engine.migrate();
      await fillClickHouse(engine, history);
      await closeDays(engine, { utcMs: Date.parse(LAST_DAY) });
      await mergeMonths(engine);
    } finally {
      await engine.close();
      await server.stop();
    }
  });
  // It may have been made when the schema was an older one.
  const { engine, close } = await openStoredOnClickHouse(history);
  await engine.migrate();
  await close();
}

/** A server on what was made. Whoever opened it ends it. */
export async function openStoredOnClickHouse(history: History): Promise<{ server: ClickHouseServer; engine: ClickHouseEngine; close: () => Promise<void> }> {
  const server = await startServer({ folder: folderOf(history), memoryMb: 4000 });
  const engine = openClickHouse({ url: server.url(DATABASE) });
  return { server, engine, close: async () => { await engine.close(); await server.stop(); } };
}

/** Rows, and the marks that loads leave. */
export async function fillClickHouse(engine: ClickHouseEngine, history: History): Promise<void> {
  const { days, callsADay } = history;
  const calls = days * callsADay;
  const opens = calls - callsADay;
  for (let first = 0; first < calls;) {
    const count = first < opens ? Math.min(opens - first, DAYS_AT_ONCE * callsADay) : Math.min(calls - first, Math.ceil(callsADay / LOADS_OF_LAST_DAY));
    for (const sql of insertCalls(CLICKHOUSE_WORDS, history, first, count)) await engine.execute({ sql });
    first += count;
    if (first <= opens) tell(`ClickHouse: ${first.toLocaleString('en')} of ${calls.toLocaleString('en')} calls`);
  }
  await engine.execute({ sql: `INSERT INTO store.touched_days VALUES ${[...closedDaysOf(history), LAST_DAY].map((day) => `('legs', '${day}', 1)`).join(', ')}` });
  await engine.execute({ sql: `INSERT INTO store.state (load_mark, newest_event) VALUES (1, '${LAST_DAY} 20:00:00')` });
}

/** A server that runs for days has made one part of each month that nothing comes for any more; here nobody waits for it. */
export async function mergeMonths(engine: ClickHouseEngine, suffix = ''): Promise<void> {
  for (const table of ['calls', 'legs']) await engine.execute({ sql: `OPTIMIZE TABLE store.${table}${suffix} FINAL SETTINGS optimize_skip_merged_partitions = 1` });
}

function folderOf(history: History): string {
  return storedCalls(history, 'clickhouse');
}
