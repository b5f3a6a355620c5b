const DAY_MS = 86_400_000;
const YEAR = 365;
/** Arrivals from 7 to 21 o'clock. */
const OPENS_MS = 7 * 3_600_000;
const OPEN_MS = 14 * 3_600_000;

/** Days up to {@link LAST_DAY} with the same number of calls each. */
export interface History { days: number; callsADay: number }

/** Ten million calls. */
export const A_YEAR: History = { days: YEAR, callsADay: 27_400 };
export const TEN_YEARS: History = { ...A_YEAR, days: 10 * YEAR };

/** The last day, open; those before it are closed. Far ahead, so that no running program closes it. */
export const LAST_DAY = '2099-12-30';
export const DAY_AFTER = '2099-12-31';

/** The UTC day that lies so many days before the last one. */
export function dayBack(days: number): string {
  return new Date(Date.parse(LAST_DAY) - days * DAY_MS).toISOString().slice(0, 10);
}

/** The days that are closed, oldest first. Older ones stay open: no question reaches them, and closing thousands would take longer than all else. */
export function closedDaysOf({ days }: History): string[] {
  return Array.from({ length: Math.min(days - 1, YEAR) }, (_day, index) => dayBack(index + 1)).toReversed();
}

/** What the engines say differently where they make rows themselves. */
export interface Words {
  /** The same 64 bits on every engine, from a whole number. */
  hash(whole: string): string;
  /** A source of the whole numbers from 0, as `n`. */
  numbers(count: number): string;
}

export const DUCKDB_WORDS: Words = { hash: (whole) => `hash(${whole})`, numbers: (count) => `range(${count}) AS r(n)` };

/** DuckDB's hash of a whole number is MurmurHash's last mixing. */
export const CLICKHOUSE_WORDS: Words = {
  hash(whole) {
    const mixed = (bits: string): string => `bitXor(${bits}, bitShiftRight(${bits}, 32))`;
    const spread = (bits: string): string => `(${bits} * 0xd6e8feb86659fd93)`;
    return mixed(spread(mixed(spread(mixed(`toUInt64(${whole})`)))));
  },
  numbers: (count) => `(SELECT number AS n FROM numbers(${count})) AS r`,
};

/**
 * Statements by which an engine makes calls and their legs itself: twelve queues, 120 agents, all from the call's number,
 * on every engine the same.
 * @param first the first call's number, counted from the history's beginning.
 */
export function insertCalls({ hash, numbers }: Words, { days, callsADay }: History, first: number, count: number): string[] {
  const began = `instant_ms(${Date.parse(dayBack(days - 1)) + OPENS_MS} + (i - i % ${callsADay}) / ${callsADay} * ${DAY_MS} + i % ${callsADay} * ${Math.floor(OPEN_MS / callsADay)})`;
  const numbered = `SELECT *, ${hash('i')} AS h, 101 + ${hash('i + 1')} % 12 AS q, ${hash('i')} % 12 = 0 AS gone FROM (SELECT *, ${began} AS began FROM (SELECT ${first} + n AS i FROM ${numbers(count)}) AS counted) AS timed`;
  const shared: Record<string, string> = {
    tenant: "CASE WHEN q < 109 THEN 'ocm' ELSE 'sereno' END", source: "'bench'", row_state: '3', source_sequence: 'i', load_mark: '1', call_id: "lpad(i::VARCHAR, 32, '0')",
    direction: "'inbound'", medium: "'voice'", site: "CASE WHEN h % 2 = 0 THEN 'douala' ELSE 'lille' END", campaign: "'8' || q::VARCHAR", target_s: '20', short_abandon_s: '5',
    wait_s: 'CASE WHEN h % 3 = 0 THEN h % 120 ELSE h % 15 END', talk_s: 'CASE WHEN gone THEN 0 ELSE 30 + h % 400 END', hold_s: 'CASE WHEN h % 9 = 0 THEN h % 60 ELSE 0 END', wrapup_s: 'CASE WHEN gone THEN 0 ELSE h % 40 END',
    transferred: 'h % 25 = 0', ended_by_agent: 'h % 2 = 0',
  };
  const agent = "CASE WHEN gone THEN '' ELSE (1001 + h % 120)::VARCHAR END";
  const calls = { ...shared, started_at: 'began', first_queue: 'q::VARCHAR', last_queue: 'q::VARCHAR', first_agent: agent, last_agent: agent, queued: 'true', answered: 'NOT gone', abandoned: 'gone', closed: 'false', duration_s: '60 + h % 500', caller: "'23769' || (h % 10000000)::VARCHAR" };
  const legs = { ...shared, leg: '1', visit: '1', queue: 'q::VARCHAR', agent, entered_at: 'began', started_at: 'began', outcome: "CASE WHEN gone THEN 'abandoned' ELSE 'answered' END", derived: 'false' };
  const insert = (table: string, columns: Record<string, string>): string => `INSERT INTO store.${table} (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM (${numbered}) AS numbered`;
  return [insert('calls', calls), insert('legs', legs)];
}
