import type { LoadPlan } from './load-plan.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * What an engine must do. DuckDB and ClickHouse stand behind it; nothing outside their folders knows
 * which one it is. Names are `schema.table` with the placeholders that `sql/` uses.
 */
export type SqlValue = string | number | bigint | boolean | null | Date | string[] | number[];

/** Rows stay for so many days more than they are said to be kept: a state reaches into the next day, and clocks differ. */
export const FORGET_AFTER_DAYS = 3;

/** Of a question that reads a few rows of a small table: should it take longer, the server is not well. */
export const SMALL_QUESTION_MS = 10_000;

export interface QueryRequest {
  /** One statement. Parameters are named `$name`. */
  sql: string;
  parameters?: Record<string, SqlValue>;
  timeoutMs?: number;
  /** For {@link Engine.cancel}. */
  queryId?: string;
  /** {@link LARGE_ROWS} rows or more are expected: an engine may have a cheaper way for these. */
  large?: boolean;
}

/**
 * From where on ClickHouse's answers come as Arrow rather than JSON. Measured on rows as the warehouse asks them, processor
 * time from the bytes to objects, JSON : Arrow — 7 columns of a kpi question, 10 rows 0.015 : 0.07 ms, 100 rows 0.11 : 0.10,
 * 1000 rows 1.05 : 0.57, 10,000 rows 12.5 : 3.4; 34 columns of a list of calls, 10 rows 0.07 : 0.25, 100 rows 0.56 : 0.48,
 * 500 rows 3.7 : 1.9, and equal at 10,000 rows, where making so many texts is all that counts.
 */
export const LARGE_ROWS = 100;

/** A SELECT whose columns are cast to VARCHAR, INTEGER, BIGINT, DOUBLE, BOOLEAN, TIMESTAMP or DATE. */
export interface TableRequest extends QueryRequest {
  /** Of the first bytes, and of the wait for each further ones: also for a reader that does not take them. */
  timeoutMs?: number;
  /** More are an error. */
  mostRows: number;
}

export interface LoadOptions {
  /** Keys the hashes of callers' numbers; the same for the whole life of a warehouse. */
  callerKeySecret: string;
  /** Name or content of a mapping → plan; ingest's `planForMapping`. */
  planFor: (mapping: string | object) => LoadPlan;
}

/** The part of a warehouse that rows come in by. */
export type LoadPart = Pick<Warehouse, 'syncDimensions' | 'syncIncidents' | 'load' | 'loadTogether' | 'loadCounts' | 'quarantine' | 'quarantinedLines'>;

export interface Engine {
  readonly name: 'duckdb' | 'clickhouse';
  /** Rows as objects: timestamps as epoch milliseconds, 64-bit integers as numbers (throws beyond 2^53). */
  query<Row extends Record<string, unknown>>(request: QueryRequest): Promise<Row[]>;
  /**
   * The rows as the bytes of an Arrow stream (not compressed), which is as many batches as the engine makes; read in part, its
   * rest is not computed. All engines give equal columns; which of them can be NULL is told by those that know it.
   * What fails before the first rows is the promise's error, what fails later the stream's.
   */
  table(request: TableRequest): Promise<ReadableStream<Uint8Array>>;
  execute(request: QueryRequest): Promise<void>;
  /** Questions that must agree with each other: all see what was committed before the first. Ask one after the other. An engine that cannot documents it. */
  snapshot<T>(work: (engine: Pick<Engine, 'query'>) => Promise<T>): Promise<T>;
  /**
   * A work that no other process may do on this warehouse at the same time; an engine that one process alone can open does it at once. `work` is told SQL that is
   * true while that holds, for the statement that makes visible what was done.
   * @param what a word of small letters, which is to be the `queryId` of the work's statements: what a process that died has left running is ended by it.
   */
  alone<T>(what: string, work: (holds: string) => Promise<T>): Promise<T>;
  /** All or nothing where the engine can; an engine without transactions documents what it does instead. */
  transaction<T>(work: (engine: Pick<Engine, 'query' | 'execute'>) => Promise<T>): Promise<T>;
  /** Applies the migrations of `sql/migrations/<name>/` that are missing. @throws when the schema is newer than the program. */
  migrate(): Promise<{ applied: string[] }>;
  /** What {@link Engine.migrate} would apply, in the engine's words; changes nothing. @throws as it. */
  pendingMigrations(): Promise<{ name: string; sql: string }[]>;
  /** Loading of files and what belongs to it, in the engine's own way. */
  loads(options: LoadOptions): LoadPart;
  /** Days for which rows, quarantine and the ledger are kept; null = for ever. */
  keptDays(): Promise<number | null>;
  /** Takes rows of UTC days before this one away; nothing to do where a server does it. */
  forget(beforeDay: string): Promise<void>;
  cancel(queryId: string): Promise<void>;
  /** Makes the file whole by itself (a copy of it is then a backup); nothing to do where a server does it. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}
