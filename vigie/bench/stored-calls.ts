import { constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import { closedDaysOf, dayBack, DUCKDB_WORDS, insertCalls, LAST_DAY, type History } from './generated-calls.ts';

/** Grows when what is generated changes: the databases are kept between runs. */
const VERSION = 1;
/** Small enough in memory, and rows stand in the order of their time. */
const DAYS_AT_ONCE = 30;

export const LIMITS = { memoryMb: 2048, threads: 1 };

/** Where a history is kept, in the temp folder; `kept` names what else of it is kept beside DuckDB's data directory. */
export function storedCalls({ days, callsADay }: History, kept?: string): string {
  const calls = callsADay === 27_400 ? '' : `x${callsADay}`;
  return join(tmpdir(), `vigie-bench-stored-${VERSION}-${days}${calls}${kept === undefined ? '' : `-${kept}`}`);
}

/** Makes a folder unless it is there; one that was not finished is never taken for it. */
export async function madeOnce(target: string, make: (folder: string) => Promise<void>): Promise<void> {
  if (existsSync(target)) return;
  const own = `${target}-making-${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const begun = Date.now();
  try {
    await make(own);
    renameSync(own, target);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    throw error;
  }
  process.stderr.write(`${target} is made (${Math.round((Date.now() - begun) / 1000)} s) and stays for the next runs\n`);
}

/** A data directory with the history. The engine makes the rows itself; days close as they always do. */
export async function makeStoredCalls(history: History): Promise<void> {
  await madeOnce(storedCalls(history), async (own) => {
    await (await openLocalWarehouse({ dataDirectory: own, ...LIMITS })).close();
    const engine = openDuckDb({ path: join(own, 'warehouse.duckdb'), threads: 2, memoryLimit: '4GB' });
    const { days, callsADay } = history;
    for (let day = 0; day < days; day += DAYS_AT_ONCE)
      for (const sql of insertCalls(DUCKDB_WORDS, history, day * callsADay, Math.min(days - day, DAYS_AT_ONCE) * callsADay)) await engine.execute({ sql });
    await engine.execute({ sql: `INSERT INTO store.touched_days VALUES ${[...closedDaysOf(history), LAST_DAY].map((day) => `('legs', DATE '${day}', 1)`).join(', ')};
      INSERT INTO store.loads VALUES ('bench', 1, 'bench', 'calls', 'od-calls', 'bench', ${days * callsADay}, 0, 0, 0, 0, TIMESTAMP '${dayBack(days - 1)}', TIMESTAMP '${LAST_DAY} 20:00:00', TIMESTAMP '${LAST_DAY} 20:00:00')` });
    await engine.checkpoint();
    await engine.close();
    const warehouse = await openLocalWarehouse({ dataDirectory: own, ...LIMITS });
    await warehouse.closeDays({ utcMs: Date.parse(LAST_DAY) });
    await warehouse.checkpoint();
    await warehouse.close();
  });
  // One file is opened by one engine.
  if (!existsSync(aloneFile(history))) await copyFile(join(storedCalls(history), 'warehouse.duckdb'), aloneFile(history), constants.COPYFILE_FICLONE);
  // It may have been made when the schema was an older one.
  const engine = openAlone(history);
  await engine.migrate();
  await engine.close();
}

/** The same data for an engine in this process, while another has the data directory. */
export function openAlone(history: History, threads = LIMITS.threads): Engine {
  return openDuckDb({ path: aloneFile(history), threads, memoryLimit: `${LIMITS.memoryMb}MB` });
}

function aloneFile(history: History): string {
  return join(storedCalls(history), 'alone.duckdb');
}
