import type { Engine } from '../../engine.ts';
import { KEYS } from '../../load-plan.ts';
import type { LoadPlan, LoadTarget } from '../../load-plan.ts';
import { frozenJoins, frozenValue } from './freeze.ts';
import { CALLER_DIGITS, CALLER_KEY } from './caller-key.ts';
import { insertUnordered } from './row-order.ts';
import { STAGE } from './stage.ts';
import { CONTENT, FROZEN, TABLE_COLUMNS } from '../../load/targets.ts';

type Inside = Pick<Engine, 'query' | 'execute'>;
const KNOWN = 'vigie_known';
const DIFFERENT = 'vigie_different';
export const DROP_UPSERT = `DROP TABLE IF EXISTS ${KNOWN}; DROP TABLE IF EXISTS ${DIFFERENT}`;

/** Keeps the newest version of each key in the stage (the later line of two equal ones). */
export async function dropSuperseded(engine: Inside, target: LoadTarget): Promise<void> {
  const key = KEYS[target].join(', ');
  // Hashes are sooner counted than texts; should two keys share one, the statement below finds nothing to delete.
  const [row] = await engine.query<{ n: number }>({ sql: `SELECT count(*) - count(DISTINCT hash(${key})) AS n FROM ${STAGE}` });
  if (row === undefined || row.n === 0) return;
  await engine.execute({
    sql: `DELETE FROM ${STAGE} WHERE rowid IN (SELECT r FROM (
      SELECT rowid AS r, row_number() OVER (PARTITION BY ${key} ORDER BY row_state DESC, source_sequence DESC, rowid DESC) AS place FROM ${STAGE}) WHERE place > 1)`,
  });
}

/** How many stored rows the file's rows replace, and how many of the file's rows say nothing new. */
export interface Known { newer: number; older: number }
export const NONE_KNOWN: Known = { newer: 0, older: 0 };

/**
 * Finds the rows that are there already and counts them; `vigie_known` then tells for each
 * whether the file's version is to be written: a newer one, or one of the same version that says something else.
 */
export async function matchKnown(engine: Inside, plan: LoadPlan): Promise<Known> {
  const { target, keyHorizonDays } = plan;
  const near = keyHorizonDays === null ? 'true'
    : `t.started_at >= (SELECT min(started_at) FROM ${STAGE}) - INTERVAL ${Math.trunc(keyHorizonDays)} DAY AND t.started_at <= (SELECT max(started_at) FROM ${STAGE}) + INTERVAL ${Math.trunc(keyHorizonDays)} DAY`;
  // The first import of all finds this out sooner than by joining nothing with everything.
  if (keyHorizonDays === null) {
    const [some] = await engine.query<{ there: boolean }>({ sql: `SELECT EXISTS (SELECT 1 FROM store.${target}) AS there` });
    if (some?.there !== true) return NONE_KNOWN;
  }
  await engine.execute({
    sql: `CREATE TEMP TABLE ${KNOWN} AS SELECT s.rowid AS staged, t.rowid AS stored, t.started_at,
        CASE WHEN (s.row_state, s.source_sequence) > (t.row_state, t.source_sequence) THEN 1 WHEN (s.row_state, s.source_sequence) = (t.row_state, t.source_sequence) THEN 0 ELSE -1 END AS newer
      FROM store.${target} t JOIN ${STAGE} s ON ${KEYS[target].map((name) => `s.${name} = t.${name}`).join(' AND ')} WHERE ${near}`,
  });
  const before = await countKnown(engine);
  if (before.same === 0) return before;
  await markDifferent(engine, plan, before);
  return countKnown(engine);
}

interface KnownCount extends Known { same: number; low: number | null; high: number | null }

async function countKnown(engine: Inside): Promise<KnownCount> {
  const [count] = await engine.query<{ [name in keyof KnownCount]: KnownCount[name] }>({
    sql: `SELECT count(*) FILTER (WHERE newer = 1) AS newer, count(*) FILTER (WHERE newer < 1) AS older, count(*) FILTER (WHERE newer = 0) AS same,
      min(started_at) FILTER (WHERE newer = 0) AS low, max(started_at) FILTER (WHERE newer = 0) AS high FROM ${KNOWN}`,
  });
  return count ?? { ...NONE_KNOWN, same: 0, low: null, high: null };
}

/** Of two rows of one version the one that says something else is written: it arrived later. */
async function markDifferent(engine: Inside, { target, columns }: LoadPlan, { low, high }: KnownCount): Promise<void> {
  const said = CONTENT[target].filter(({ name }) => !FROZEN.includes(name) && (name !== 'caller_key' || Object.hasOwn(columns, name)));
  const hash = (table: string): string => `hash(${said.map(({ name, type }) => `${table}.${name}${type === 'json' ? '::VARCHAR' : ''}`).join(', ')})`;
  await engine.execute({
    sql: `CREATE TEMP TABLE ${DIFFERENT} AS SELECT k.stored FROM ${KNOWN} k JOIN ${STAGE} s ON s.rowid = k.staged JOIN store.${target} t ON t.rowid = k.stored
      WHERE k.newer = 0 AND t.started_at BETWEEN $low AND $high AND ${hash('s')} <> ${hash('t')}`,
    parameters: { low: instant(low), high: instant(high) },
  });
  await engine.execute({ sql: `UPDATE ${KNOWN} SET newer = 1 WHERE newer = 0 AND stored IN (SELECT stored FROM ${DIFFERENT})` });
}

function instant(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

/** Deletes the stored rows that newer ones replace, bounded by their times; gives the number for each part of the stage. */
export async function replaceKnown(engine: Inside, target: LoadTarget, { known, mark, parts }: { known: Known; mark: number; parts: number }): Promise<number[]> {
  if (known.newer === 0) return [];
  const old = `FROM store.${target} t WHERE t.started_at BETWEEN (SELECT min(started_at) FROM ${KNOWN} WHERE newer = 1) AND (SELECT max(started_at) FROM ${KNOWN} WHERE newer = 1)
    AND t.rowid IN (SELECT stored FROM ${KNOWN} WHERE newer = 1)`;
  await engine.execute({ sql: touched(target, `SELECT * ${old}`), parameters: { mark } });
  await engine.execute({ sql: `DELETE ${old}` });
  if (parts === 1) return [known.newer];
  const counted = await engine.query<{ part: number; n: number }>({ sql: `SELECT s.part, count(*) AS n FROM ${KNOWN} k JOIN ${STAGE} s ON s.rowid = k.staged WHERE k.newer = 1 GROUP BY s.part` });
  return byPart(counted, ({ n }) => n);
}

/**
 * When the last thing that a row tells of happened. The age of the data hangs on it, and where a next run of the
 * core may begin. A call's durations may overlap: its legs and its agents' states know better. A state without an
 * end in sight counts as a day, as in the measures.
 */
const EVENT: Record<LoadTarget, string> = {
  calls: 'started_at',
  legs: 'greatest(started_at, entered_at, answered_at, left_at)',
  agent_states: 'started_at + to_milliseconds(least(greatest(duration_ms, 0), 86400000))',
};

export interface Written { rows: number; oldest: Date | null; newest: Date | null }

/** Writes what is new or newer, with what the configuration says on the day of the load; drops the rest from the stage. Gives what was written of each part. */
export async function insertWritten(engine: Inside, target: LoadTarget, { known, mark, source, secret }: { known: Known; mark: number; source: string; secret: string }): Promise<Written[]> {
  if (known.older > 0) await engine.execute({ sql: `DELETE FROM ${STAGE} WHERE rowid IN (SELECT staged FROM ${KNOWN} WHERE newer < 1)` });
  const written = await engine.query<{ part: number; n: number; oldest: number | null; newest: number | null }>({
    sql: `SELECT part, count(*) AS n, min(started_at) AS oldest, max(${EVENT[target]}) AS newest FROM ${STAGE} GROUP BY part`,
  });
  if (written.length === 0) return [];
  await insertUnordered(engine, { sql: `INSERT INTO store.${target} ${stagedRows(target)}`, parameters: { mark, source, secret } });
  await engine.execute({ sql: touched(target, `SELECT * FROM ${STAGE}`), parameters: { mark } });
  return byPart(written, ({ n, oldest, newest }) => ({ rows: n, oldest: instant(oldest), newest: instant(newest) }));
}

/** The stage's rows as the table has them; `$mark`, `$source` and `$secret` are the load's. */
export function stagedRows(target: LoadTarget, leftOut: readonly string[] = []): string {
  const columns = TABLE_COLUMNS[target].filter(({ name }) => !leftOut.includes(name)).map(({ name }) => {
    if (name === 'source') return '$source AS source';
    if (name === 'load_mark') return '$mark::BIGINT AS load_mark';
    if (name === 'caller_key') return `${CALLER_KEY} AS caller_key`;
    return FROZEN.includes(name) ? `${frozenValue(target, name)} AS ${name}` : `s.${name}`;
  });
  const rows = target === 'calls' ? `(SELECT *, ${CALLER_DIGITS} AS caller_digits FROM ${STAGE} s)` : STAGE;
  return `SELECT ${columns.join(', ')} FROM ${rows} s ${frozenJoins(target)}`;
}

/** A list by part; parts without a row are holes. */
export function byPart<Row extends { part: number }, T>(rows: Row[], of: (row: Row) => T): T[] {
  const list: T[] = [];
  for (const row of rows) list[row.part] = of(row);
  return list;
}

/**
 * Notes the UTC days of rows, so that closed ones open again. An agent's state touches every day that it lasts.
 * A day that is noted is open, because closing it takes its notes away: one note each is enough.
 */
export function touched(target: LoadTarget, rows: string): string {
  const days = {
    calls: `SELECT DISTINCT started_at::DATE AS day FROM (${rows})`,
    legs: `SELECT DISTINCT day FROM (SELECT unnest([entered_at::DATE, started_at::DATE]) AS day FROM (${rows}))`,
    agent_states: `SELECT DISTINCT unnest(generate_series(started_at::DATE, least((started_at + to_milliseconds(duration_ms))::DATE, started_at::DATE + 7), INTERVAL 1 DAY))::DATE AS day FROM (${rows})`,
  }[target];
  return `INSERT INTO store.touched_days SELECT '${target}', day, $mark::BIGINT FROM (${days}) d WHERE day IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM store.touched_days n WHERE n.target = '${target}' AND n.day = d.day)`;
}
