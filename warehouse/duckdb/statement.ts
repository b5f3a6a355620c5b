import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBPreparedStatement } from '@duckdb/node-api';
import type { QueryRequest } from '../engine.ts';
import { WarehouseError } from '../warehouse.ts';
import { fromDuckDb, toDuckDb } from './values.ts';
import type { PlainValue } from './values.ts';

/** Asks a running statement to end; the engine itself only says that it was interrupted. */
export class Interruption {
  readonly #controller = new AbortController();
  #reason: 'timeout' | 'cancelled' | null = null;

  get reason(): 'timeout' | 'cancelled' | null {
    return this.#reason;
  }
  get signal(): AbortSignal {
    return this.#controller.signal;
  }
  /** The first reason stands. */
  ask(reason: 'timeout' | 'cancelled'): void {
    this.#reason ??= reason;
    this.#controller.abort();
  }
}

/**
 * Runs one statement on a connection. Statements without parameters may be several, separated by `;`.
 * Parameters that the statement does not name are ignored, a named one without a value is an error.
 */
export function runStatement(connection: DuckDBConnection, request: QueryRequest, interruption: Interruption): Promise<Record<string, PlainValue>[]> {
  return interruptible(connection, request, interruption, async () => {
    if (Object.keys(request.parameters ?? {}).length === 0) return rowsOf(await connection.run(request.sql));
    return withPrepared(connection, request, async (prepared) => rowsOf(await prepared.run()));
  });
}

/** Work on a connection that ends when it is asked to, or at the request's time limit; `alive` begins that anew. */
export async function interruptible<T>(connection: DuckDBConnection, { timeoutMs }: QueryRequest, interruption: Interruption, work: (alive: () => void) => Promise<T>): Promise<T> {
  if (interruption.reason !== null) throw interrupted(interruption, timeoutMs);
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => interruption.ask('timeout'), timeoutMs);
  let repeating: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    // One that comes before the engine has begun is forgotten by it.
    repeating = setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
  };
  interruption.signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work(() => void timer?.refresh());
  } catch (error) {
    throw interruption.reason === null ? error : interrupted(interruption, timeoutMs, error);
  } finally {
    clearTimeout(timer);
    clearInterval(repeating);
    interruption.signal.removeEventListener('abort', interrupt);
  }
}

const INTERRUPT_EVERY_MS = 20;

function interrupted({ reason }: Interruption, timeoutMs: number | undefined, cause?: unknown): WarehouseError {
  return reason === 'timeout' ? new WarehouseError('timeout', `The query took longer than ${timeoutMs} ms`, { cause }) : new WarehouseError('cancelled', 'The query was cancelled', { cause });
}

/** Prepares a statement with its values, for as long as the work takes. */
export async function withPrepared<T>(connection: DuckDBConnection, { sql, parameters = {} }: QueryRequest, work: (prepared: DuckDBPreparedStatement) => Promise<T>): Promise<T> {
  const prepared = await connection.prepare(sql);
  try {
    for (let index = 1; index <= prepared.parameterCount; index++) {
      const name = prepared.parameterName(index);
      const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (given === undefined) throw new Error(`The statement's parameter $${name} has no value`);
      const bound = toDuckDb(given);
      prepared.bindValue(index, bound.value, bound.type);
    }
    return await work(prepared);
  } finally {
    prepared.destroySync();
  }
}

/** A result is whole in memory when its statement has run: its chunks are taken from there, without a way to the engine's threads and back for each. */
function rowsOf(result: DuckDBMaterializedResult): Record<string, PlainValue>[] {
  const names = result.deduplicatedColumnNames();
  const rows: Record<string, PlainValue>[] = [];
  for (let index = 0; index < result.chunkCount; index += 1) {
    const chunk = result.getChunk(index);
    const first = rows.length;
    for (let row = 0; row < chunk.rowCount; row += 1) rows.push({});
    names.forEach((name, column) => chunk.visitColumnValues(column, (value, row) => {
      const target = rows[first + row];
      if (target) target[name] = fromDuckDb(value);
    }));
  }
  return rows;
}
