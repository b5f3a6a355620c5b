import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';

/** Grows when what is generated changes: the databases are kept between runs. */
const VERSION = 1;
const CALLS_A_DAY = 27_400;
const DAY_MS = 86_400_000;
const YEAR = 365;

/** The last stored day, open; all before it are closed. Far ahead, so that no running program closes it. */
export const LAST_DAY = '2099-12-30';
export const DAY_AFTER = '2099-12-31';
export const LIMITS = { memoryMb: 2048, threads: 1 };

/** The UTC day that lies so many days before the last one. */
export function dayBack(days: number): string {
  return new Date(Date.parse(LAST_DAY) - days * DAY_MS).toISOString().slice(0, 10);
}

/** A data directory with so many days of 27,400 calls and their legs, in the temp folder; 365 of them are ten million calls. */
export function storedCalls(days: number): string {
  return join(tmpdir(), `vigie-bench-stored-${VERSION}-${days}`);
}

/** Makes it unless it is there. The engine makes the rows itself; days close as they always do. */
export async function makeStoredCalls(days: number): Promise<void> {
  const target = storedCalls(days);
  if (existsSync(target)) return;
  const own = `${target}-making-${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  await (await openLocalWarehouse({ dataDirectory: own, ...LIMITS })).close();
  const engine = openDuckDb({ path: join(own, 'warehouse.duckdb'), threads: 2, memoryLimit: '4GB' });
  // A month at a time: memory stays small, rows stand in the order of their time.
  for (let back = days; back > 0; back -= Math.min(back, 30)) await engine.execute({ sql: insertDays(dayBack(back - 1), Math.min(back, 30), days - back) });
  // Days that no question reaches stay open: closing thousands of them would take longer than all else.
  await engine.execute({ sql: `INSERT INTO store.touched_days SELECT DISTINCT 'legs', started_at::DATE, 1 FROM store.legs WHERE started_at >= TIMESTAMP '${dayBack(YEAR)}';
    INSERT INTO store.loads VALUES ('bench', 1, 'bench', 'calls', 'od-calls', 'bench', ${days * CALLS_A_DAY}, 0, 0, 0, 0, TIMESTAMP '${dayBack(days - 1)}', TIMESTAMP '${LAST_DAY} 20:00:00', TIMESTAMP '${LAST_DAY} 20:00:00')` });
  await engine.checkpoint();
  await engine.close();
  const warehouse = await openLocalWarehouse({ dataDirectory: own, ...LIMITS });
  await warehouse.closeDays({ utcMs: Date.parse(LAST_DAY) });
  await warehouse.checkpoint();
  await warehouse.close();
  renameSync(own, target);
}

/** Twelve queues, 120 agents, arrivals from 7 to 21 o'clock, all from the call's number. */
function insertDays(firstDay: string, days: number, daysBefore: number): string {
  const first = daysBefore * CALLS_A_DAY;
  const numbered = `SELECT *, hash(i) AS h, 101 + hash(i + 1) % 12 AS q, hash(i) % 12 = 0 AS gone
    FROM (SELECT ${first} + n AS i, TIMESTAMP '${firstDay} 07:00:00' + to_days((n // ${CALLS_A_DAY})::INTEGER) + to_milliseconds((n % ${CALLS_A_DAY}) * ${Math.floor((14 * 3_600_000) / CALLS_A_DAY)}) AS began FROM range(${days * CALLS_A_DAY}) AS r(n))`;
  const shared: Record<string, string> = {
    tenant: "CASE WHEN q < 109 THEN 'ocm' ELSE 'sereno' END", source: "'bench'", row_state: '3', source_sequence: 'i', load_mark: '1', call_id: "lpad(i::VARCHAR, 32, '0')",
    direction: "'inbound'", medium: "'voice'", site: "CASE WHEN h % 2 = 0 THEN 'douala' ELSE 'lille' END", campaign: "'8' || q", target_s: '20', short_abandon_s: '5',
    wait_s: 'CASE WHEN h % 3 = 0 THEN h % 120 ELSE h % 15 END', talk_s: 'CASE WHEN gone THEN 0 ELSE 30 + h % 400 END', hold_s: 'CASE WHEN h % 9 = 0 THEN h % 60 ELSE 0 END', wrapup_s: 'CASE WHEN gone THEN 0 ELSE h % 40 END',
    transferred: 'h % 25 = 0', ended_by_agent: 'h % 2 = 0',
  };
  const agent = "CASE WHEN gone THEN '' ELSE (1001 + h % 120)::VARCHAR END";
  const calls = { ...shared, started_at: 'began', first_queue: 'q::VARCHAR', last_queue: 'q::VARCHAR', first_agent: agent, last_agent: agent, queued: 'true', answered: 'NOT gone', abandoned: 'gone', closed: 'false', duration_s: '60 + h % 500', caller: "'23769' || (h % 10000000)" };
  const legs = { ...shared, leg: '1', visit: '1', queue: 'q::VARCHAR', agent, entered_at: 'began', started_at: 'began', outcome: "CASE WHEN gone THEN 'abandoned' ELSE 'answered' END", derived: 'false' };
  const insert = (table: string, columns: Record<string, string>): string => `INSERT INTO store.${table} (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM (${numbered})`;
  return `${insert('calls', calls)}; ${insert('legs', legs)}`;
}
