import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import type { QueryRequest } from '../engine.ts';
import { WarehouseError } from '../warehouse.ts';
import { fromDuckDb, toDuckDb } from './values.ts';
import type { PlainValue } from './values.ts';

/** Says why a running statement was interrupted; the engine itself only says that it was. */
export interface Interruption { reason: 'timeout' | 'cancelled' | null }

/**
 * Runs one statement on a connection. Statements without parameters may be several, separated by `;`.
 * Parameters that the statement does not name are ignored, a named one without a value is an error.
 */
export async function runStatement(connection: DuckDBConnection, request: QueryRequest, interruption: Interruption): Promise<Record<string, PlainValue>[]> {
  if (interruption.reason === 'cancelled') throw new WarehouseError('cancelled', 'The query was cancelled');
  const timer = request.timeoutMs === undefined ? undefined : setTimeout(() => { interruption.reason ??= 'timeout'; }, request.timeoutMs);
  // An interruption that comes before the engine has begun is forgotten by it: it is repeated.
  const interrupting = setInterval(() => { if (interruption.reason !== null) connection.interrupt(); }, INTERRUPT_EVERY_MS);
  try {
    const parameters = request.parameters ?? {};
    if (Object.keys(parameters).length === 0) return rowsOf(await connection.run(request.sql));
    const prepared = await connection.prepare(request.sql);
    try {
      for (let index = 1; index <= prepared.parameterCount; index++) {
        const name = prepared.parameterName(index);
        const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
        if (given === undefined) throw new Error(`The statement's parameter $${name} has no value`);
        const bound = toDuckDb(given);
        prepared.bindValue(index, bound.value, bound.type);
      }
      return rowsOf(await prepared.run());
    } finally {
      prepared.destroySync();
    }
  } catch (error) {
    if (interruption.reason === 'timeout') throw new WarehouseError('timeout', `The query took longer than ${request.timeoutMs} ms`, { cause: error });
    if (interruption.reason === 'cancelled') throw new WarehouseError('cancelled', 'The query was cancelled', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    clearInterval(interrupting);
  }
}

const INTERRUPT_EVERY_MS = 20;

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
