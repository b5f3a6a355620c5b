import { randomUUID } from 'node:crypto';
import { pulled } from '../arrow/pulled.ts';
import type { Engine, QueryRequest } from '../engine.ts';
import { Connections } from './connections.ts';
import type { DuckDbLimits } from './connections.ts';
import { applyMigrations, pendingFiles } from './migrate.ts';
import { forgetBefore } from './forget.ts';
import { openLoadPart } from './load-part.ts';
import { Interruption, runStatement } from './statement.ts';
import { runTable } from './table.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PlainValue } from './values.ts';

export interface DuckDbOptions extends DuckDbLimits {
  /** A file, created when absent, or `:memory:`. */
  path: string;
  /** Days for which rows are kept; null = for ever. */
  keepDays?: number | null;
}

/**
 * The embedded engine. Opens at the first statement.
 *
 * In a test:
 * ```ts
 * const engine = openDuckDb({ path: ':memory:', threads: 1 });
 * await engine.migrate();                       // tables in schema store, dimensions in dim, macros
 * await engine.execute({ sql: 'INSERT INTO store.calls (tenant, call_id, started_at) VALUES ($t, $id, make_timestamp($at * 1000))',
 *   parameters: { t: 'ocm', id: 'A', at: Date.UTC(2026, 0, 1) } });
 * const rows = await engine.query<{ n: number }>({ sql: 'SELECT count(*) AS n FROM store.calls' });
 * await engine.close();
 * ```
 *
 * - Parameters are `$name`; whole numbers bind as integers, `Date` as TIMESTAMP, arrays as lists (`queue = ANY($queues)`).
 *   Parameters that a statement does not use are ignored.
 * - Timestamps come back as epoch milliseconds, DATE as `yyyy-mm-dd`, 64-bit integers as numbers.
 * - `execute` and `transaction` share one writer and run one after the other; inside a transaction use
 *   the engine that it hands over (the outer `execute` would wait for ever). Readers never wait for the writer.
 * - `execute` without parameters may hold several statements.
 */
export function openDuckDb(options: DuckDbOptions): Engine {
  const connections = new Connections(options.path, options);
  /** Statements of one id may run side by side. */
  const running = new Map<string, Set<() => void>>();

  /** Ids of those that are being read. */
  const tables = new Set<string>();

  /** Keeps the statement cancellable, also while it waits for its connection. */
  async function run<T>(lend: Lend, { queryId }: QueryRequest, work: (connection: DuckDBConnection, interruption: Interruption) => Promise<T>): Promise<T> {
    const interruption = new Interruption();
    const interrupt = (): void => interruption.ask('cancelled');
    if (queryId !== undefined) running.set(queryId, (running.get(queryId) ?? new Set()).add(interrupt));
    try {
      return await lend((lent) => work(lent, interruption));
    } finally {
      if (queryId !== undefined && running.get(queryId)?.delete(interrupt) && running.get(queryId)?.size === 0) running.delete(queryId);
    }
  }

  const rows = (lend: Lend, request: QueryRequest): Promise<Record<string, PlainValue>[]> => run(lend, request, (lent, interruption) => runStatement(lent, request, interruption));
  const cancel = (queryId: string): void => { for (const interrupt of running.get(queryId) ?? []) interrupt(); };

  const engine: Engine = {
    name: 'duckdb',
    query: async (request) => typed(await rows((work) => connections.read(work), request)),
    table(request) {
      const identified = { ...request, queryId: request.queryId ?? randomUUID() };
      // What was not read to its end holds its connection's transaction until the next statement there.
      const after = (reader: DuckDBConnection): Promise<unknown> => reader.run('SELECT 1');
      tables.add(identified.queryId);
      return pulled((give) => run((work) => connections.read(work, after), identified, (lent, interruption) => runTable(lent, identified, interruption, give)).finally(() => tables.delete(identified.queryId)), () => cancel(identified.queryId));
    },
    execute: async (request) => { await rows((work) => connections.write(work), request); },
    snapshot: (work) => connections.read(async (reader) => {
      const lend: Lend = (use) => use(reader);
      const begin = 'BEGIN TRANSACTION READ ONLY';
      let begun = false;
      return work({
        query: async (request) => {
          // Together where they may be: each way to the engine's thread and back costs as much as a small question.
          const together = !begun && Object.keys(request.parameters ?? {}).length === 0;
          if (!begun && !together) await reader.run(begin);
          const found = await rows(lend, together ? { ...request, sql: `${begin}; ${request.sql}` } : request);
          begun = true;
          return typed(found);
        },
      });
      // Nothing was written; after an error the engine itself may have ended it.
    }, (reader) => reader.run('ROLLBACK').catch(() => {})),
    // The file is this process's alone.
    alone: (_what, work) => work('true'),
    transaction: (work) => connections.write(async (writer) => {
      const lend: Lend = (use) => use(writer);
      await writer.run('BEGIN TRANSACTION');
      try {
        const result = await work({
          query: async (request) => typed(await rows(lend, request)),
          execute: async (request) => { await rows(lend, request); },
        });
        await writer.run('COMMIT');
        return result;
      } catch (error) {
        // The engine itself may have rolled back; then there is nothing to undo.
        await writer.run('ROLLBACK').catch(() => {});
        throw error;
      }
    }),
    migrate: () => applyMigrations(engine),
    pendingMigrations: () => pendingFiles(engine),
    loads: (loadOptions) => openLoadPart({ engine, ...loadOptions }),
    keptDays: async () => options.keepDays ?? null,
    forget: (beforeDay) => forgetBefore(engine, beforeDay),
    cancel: async (queryId) => cancel(queryId),
    checkpoint: async () => { await connections.write((writer) => writer.run('CHECKPOINT')); },
    async close() {
      // They may wait for a reader that takes nothing.
      tables.forEach(cancel);
      await connections.close();
    },
  };
  return engine;
}

type Lend = <T>(work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;

/** The caller names the columns of its own statement: this is where SQL meets types. */
function typed<Row extends Record<string, unknown>>(rows: Record<string, PlainValue>[]): Row[] {
  return rows as Row[];
}
