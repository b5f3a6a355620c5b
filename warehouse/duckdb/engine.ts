import type { Engine, QueryRequest } from '../engine.ts';
import { Connections } from './connections.ts';
import type { DuckDbLimits } from './connections.ts';
import { applyMigrations, pendingFiles } from './migrate.ts';
import { openLoadPart } from './load-part.ts';
import { runStatement } from './statement.ts';
import type { Interruption } from './statement.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PlainValue } from './values.ts';

export interface DuckDbOptions extends DuckDbLimits {
  /** A file, created when absent, or `:memory:`. */
  path: string;
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

  /** Keeps the statement cancellable, also while it waits for its connection. */
  async function run(lend: typeof connections.read, request: QueryRequest): Promise<Record<string, PlainValue>[]> {
    const interruption: Interruption = { reason: null };
    let connection: DuckDBConnection | null = null;
    const { queryId } = request;
    const interrupt = (): void => {
      interruption.reason ??= 'cancelled';
      connection?.interrupt();
    };
    if (queryId !== undefined) running.set(queryId, (running.get(queryId) ?? new Set()).add(interrupt));
    try {
      return await lend(async (lent) => {
        connection = lent;
        try {
          return await runStatement(lent, request, interruption);
        } finally {
          connection = null;
        }
      });
    } finally {
      if (queryId !== undefined && running.get(queryId)?.delete(interrupt) && running.get(queryId)?.size === 0) running.delete(queryId);
    }
  }

  const engine: Engine = {
    name: 'duckdb',
    query: async (request) => typed(await run((work) => connections.read(work), request)),
    execute: async (request) => { await run((work) => connections.write(work), request); },
    snapshot: (work) => connections.read(async (reader) => {
      const lend = <T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> => use(reader);
      const begin = 'BEGIN TRANSACTION READ ONLY';
      let begun = false;
      return work({
        query: async (request) => {
          // Together where they may be: each way to the engine's thread and back costs as much as a small question.
          const together = !begun && Object.keys(request.parameters ?? {}).length === 0;
          if (!begun && !together) await reader.run(begin);
          const rows = await run(lend, together ? { ...request, sql: `${begin}; ${request.sql}` } : request);
          begun = true;
          return typed(rows);
        },
      });
      // Nothing was written; after an error the engine itself may have ended it.
    }, (reader) => reader.run('ROLLBACK').catch(() => {})),
    transaction: (work) => connections.write(async (writer) => {
      const lend = <T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> => use(writer);
      await writer.run('BEGIN TRANSACTION');
      try {
        const result = await work({
          query: async (request) => typed(await run(lend, request)),
          execute: async (request) => { await run(lend, request); },
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
    cancel: async (queryId) => { for (const interrupt of running.get(queryId) ?? []) interrupt(); },
    checkpoint: async () => { await connections.write((writer) => writer.run('CHECKPOINT')); },
    close: () => connections.close(),
  };
  return engine;
}

/** The caller names the columns of its own statement: this is where SQL meets types. */
function typed<Row extends Record<string, unknown>>(rows: Record<string, PlainValue>[]): Row[] {
  return rows as Row[];
}
