import { createHash } from 'node:crypto';
import type { CopiedColumn, CopyEnd } from './copy-end.ts';
import type { CopiedTable } from './copied-tables.ts';
import { betweenSql, boundsOf, dayName } from './periods.ts';

/** What the rows of one table and UTC day are compared by. */
export interface Fingerprint {
  /** Days from 1970; null = the table has none. */
  day: number | null;
  rows: number;
  /**
   * By column: a sum of numbers, of whole numbers modulo a prime where they are wide. `text` = of the hashes of each row's texts.
   * Missing values count as 0 or '' there, and by themselves as {@link nullsOf} their column.
   */
  sums: Record<string, string>;
}

/** Sums of wide numbers stay within 64 bits. */
const PRIME = 1_000_000_007;

/**
 * Counts and sums of a table for each UTC day, by the engine: of a large table in one statement for each month, which is told before it is asked.
 * @throws Error when rows belong to no day.
 */
export async function fingerprints(end: CopyEnd, table: CopiedTable, columns: readonly CopiedColumn[], onMonth: (month: string) => void = () => {}): Promise<Fingerprint[]> {
  const { time } = table;
  if (time === null || table.unit !== 'day') return fingerprintsWhere(end, table, columns, null);
  const found: Fingerprint[] = [];
  for (const month of await monthsOf(end, table)) {
    onMonth(month);
    found.push(...await fingerprintsWhere(end, table, columns, betweenSql(time, ...boundsOf(month))));
  }
  return found;
}

/** Those that have rows, the oldest first. */
async function monthsOf(end: CopyEnd, table: CopiedTable): Promise<string[]> {
  const days = await end.engine.query<{ epoch_day: number | null; row_count: number }>({ sql: `SELECT ${dayOf(table)} AS epoch_day, count(*) AS row_count FROM ${table.rows ?? table.name} AS t GROUP BY 1` });
  return [...new Set(days.filter(({ row_count }) => row_count > 0).map(({ epoch_day, row_count }) => {
    if (epoch_day === null) throw dayless(end, table, row_count);
    return dayName(epoch_day).slice(0, 7);
  }))].toSorted();
}

async function fingerprintsWhere(end: CopyEnd, table: CopiedTable, columns: readonly CopiedColumn[], where: string | null): Promise<Fingerprint[]> {
  const texts = columns.filter(({ type }) => type === 'text' || type === 'json');
  const sums: [name: string, sql: string][] = columns.filter((column) => !texts.includes(column)).map((column) => [column.name, `sum(${numberOf(column, table)})`]);
  if (texts.length > 0) sums.push(['text', `sum(${end.textHash(`concat('', ${texts.map((column) => textOf(column, table)).join(", '\u001F', ")})`)} % ${PRIME})`]);
  for (const { name } of columns.filter(({ nullable }) => nullable)) sums.push([nullsOf(name), `count(*) FILTER (WHERE ${present(name, table)} IS NULL)`]);
  const found = await end.engine.query<Record<string, unknown> & { day: number | null; row_count: number }>({
    sql: `SELECT ${dayOf(table)} AS epoch_day, count(*) AS row_count, ${sums.map(([, sql], index) => `CAST(${sql} AS VARCHAR) AS s${index}`).join(', ')} FROM ${table.rows ?? table.name} AS t${where === null ? '' : ` WHERE ${where}`} GROUP BY 1`,
  });
  return found.filter((row) => row.row_count > 0).map((row) => {
    const day = row['epoch_day'];
    if (table.time !== null && typeof day !== 'number') throw dayless(end, table, row.row_count);
    return { day: table.time === null || typeof day !== 'number' ? null : day, rows: row.row_count, sums: Object.fromEntries(sums.map(([name], index) => [name, String(row[`s${index}`] ?? '0')])) };
  });
}

function dayless({ label }: CopyEnd, { name, time }: CopiedTable, rows: number): Error {
  return new Error(`${rows} rows of ${name} in ${label} have no ${time?.column ?? 'day'}: they belong to no day and cannot be copied`);
}

/** How the number of a column's missing values is called among the sums. */
export function nullsOf(column: string): string {
  return `NULL in ${column}`;
}

/** The columns whose sums differ. */
export function differences(a: Fingerprint, b: Fingerprint): string[] {
  return Object.keys(a.sums).filter((name) => a.sums[name] !== b.sums[name]);
}

/** One short text for the fingerprints of a part. */
export function digest(of: readonly Fingerprint[]): string {
  return createHash('sha256').update(JSON.stringify(of.map(({ day, rows, sums }) => [day, rows, sums]))).digest('base64url');
}

function dayOf({ time }: CopiedTable): string {
  if (time === null) return '0';
  switch (time.kind) {
    case 'instant': return `CAST(floor(ms_of(${time.column}) / 86400000) AS INTEGER)`;
    case 'quarter': return `CAST(floor(${time.column} / 96) AS INTEGER)`;
    default: return `CAST(${time.column} - CAST('1970-01-01' AS DATE) AS INTEGER)`;
  }
}

function numberOf({ name, type }: CopiedColumn, table: CopiedTable): string {
  const value = present(name, table);
  switch (type) {
    case 'bool': return `CASE WHEN ${value} THEN 1 ELSE 0 END`;
    case 'timestamp': return `coalesce(ms_of(${value}) % ${PRIME}, 0)`;
    case 'date': return `CAST(${value} - CAST('1970-01-01' AS DATE) AS INTEGER)`;
    case 'bigint': return `coalesce(${value} % ${PRIME}, 0)`;
    default: return `coalesce(${value}, 0)`;
  }
}

function textOf({ name }: CopiedColumn, table: CopiedTable): string {
  return `coalesce(CAST(${present(name, table)} AS VARCHAR), '')`;
}

/** A column, or what stands for it where it is missing. */
export function present(name: string, table: CopiedTable): string {
  const missing = table.missing?.[name];
  return missing === undefined ? name : `coalesce(${name}, ${missing})`;
}
