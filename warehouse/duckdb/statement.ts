import type { DuckDBConnection } from '@duckdb/node-api';
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
  const timer = request.timeoutMs === undefined ? undefined : setTimeout(() => {
    interruption.reason ??= 'timeout';
    connection.interrupt();
  }, request.timeoutMs);
  try {
    const parameters = request.parameters ?? {};
    if (Object.keys(parameters).length === 0) return await rowsOf(await connection.run(request.sql));
    const prepared = await connection.prepare(request.sql);
    try {
      for (let index = 1; index <= prepared.parameterCount; index++) {
        const name = prepared.parameterName(index);
        const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
        if (given === undefined) throw new Error(`The statement's parameter $${name} has no value`);
        const bound = toDuckDb(given);
        prepared.bindValue(index, bound.value, bound.type);
      }
      return await rowsOf(await prepared.run());
    } finally {
      prepared.destroySync();
    }
  } catch (error) {
    if (interruption.reason === 'timeout') throw new WarehouseError('timeout', `The query took longer than ${request.timeoutMs} ms`, { cause: error });
    if (interruption.reason === 'cancelled') throw new WarehouseError('cancelled', 'The query was cancelled', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface Result { columnCount: number; deduplicatedColumnNames(): string[]; getColumns(): Promise<Parameters<typeof fromDuckDb>[0][][]> }

async function rowsOf(result: Result): Promise<Record<string, PlainValue>[]> {
  if (result.columnCount === 0) return [];
  const names = result.deduplicatedColumnNames();
  const columns = await result.getColumns();
  const rows: Record<string, PlainValue>[] = (columns[0] ?? []).map(() => ({}));
  names.forEach((name, position) => {
    columns[position]?.forEach((value, row) => {
      const target = rows[row];
      if (target) target[name] = fromDuckDb(value);
    });
  });
  return rows;
}
