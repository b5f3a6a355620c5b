import { DuckDBDateValue, DuckDBTimestampValue, DuckDBTypeId } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import type { Give } from '../arrow/pulled.ts';
import { openTableWriter } from '../arrow/table-writer.ts';
import type { ColumnKind, ColumnValue } from '../arrow/table-column.ts';
import type { TableRequest } from '../engine.ts';
import { tooManyRows } from '../arrow/too-many-rows.ts';
import { interruptible, withPrepared } from './statement.ts';
import type { Interruption } from './statement.ts';

/** A chunk of the engine has 2048 rows: many make one batch, or readers take most of their time for its head. */
const ROWS_A_BATCH = 32_768;

/** The kinds of columns that leave the engine as Arrow; a statement casts to them. */
const KINDS: Partial<Record<DuckDBTypeId, ColumnKind>> = {
  [DuckDBTypeId.VARCHAR]: 'text', [DuckDBTypeId.INTEGER]: 'int', [DuckDBTypeId.BIGINT]: 'bigint', [DuckDBTypeId.DOUBLE]: 'double',
  [DuckDBTypeId.BOOLEAN]: 'bool', [DuckDBTypeId.TIMESTAMP]: 'instant', [DuckDBTypeId.DATE]: 'date',
};

/**
 * Runs a SELECT and gives its rows as an Arrow stream, batch by batch: the engine computes the next ones when these were
 * taken. The bindings have no Arrow of their own, so that batches are made here from the engine's chunks.
 */
export function runTable(connection: DuckDBConnection, request: TableRequest, interruption: Interruption, give: Give): Promise<void> {
  return interruptible(connection, request, interruption, (alive) => withPrepared(connection, { ...request, sql: withEnd(request.sql) }, async (prepared) => {
    const result = await prepared.stream();
    const end = result.columnCount - 1;
    const columns = result.columnNames().slice(0, end).map((name, index) => ({ name, kind: kindOf(name, result.columnTypeId(index)) }));
    const writer = await openTableWriter(columns);
    const hand = async (bytes: Uint8Array): Promise<void> => {
      alive();
      await give(bytes, interruption.signal);
      alive();
    };
    // With the first rows, so that what fails before them is an error and not half an answer.
    let unsaid: Uint8Array | null = writer.head();
    let [rows, waiting, whole] = [0, 0, false];
    const flush = async (): Promise<void> => {
      const batch = waiting > 0 ? writer.batch() : new Uint8Array(0);
      waiting = 0;
      const bytes = unsaid ? Buffer.concat([unsaid, batch]) : batch;
      unsaid = null;
      await hand(bytes);
    };
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      whole = chunk.getColumnVector(end).getItem(chunk.rowCount - 1) === true;
      const count = whole ? chunk.rowCount - 1 : chunk.rowCount;
      rows += count;
      if (rows > request.mostRows) throw tooManyRows(request.mostRows);
      columns.forEach((_column, index) => addColumn(chunk, index, count, (value) => writer.add(index, value)));
      waiting += count;
      if (waiting >= ROWS_A_BATCH) await flush();
    }
    if (!whole) throw new Error('The statement failed in the middle of its answer');
    if (waiting > 0 || unsaid) await flush();
    await hand(writer.end());
  }));
}

function kindOf(name: string, type: DuckDBTypeId): ColumnKind {
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`The column ${name} is ${DuckDBTypeId[type]}, which no table is made of: cast it in SQL`);
  return kind;
}

/**
 * The statement with one row more, which comes last. The bindings tell a statement that fails, or is interrupted, between two
 * chunks like one that is over: without that row half an answer would pass for a whole one.
 */
function withEnd(sql: string): string {
  return `SELECT *, false AS "the end" FROM (${sql}\n) AS answer UNION ALL BY NAME SELECT true AS "the end"`;
}

function addColumn(chunk: DuckDBDataChunk, column: number, count: number, add: (value: ColumnValue) => void): void {
  const vector = chunk.getColumnVector(column);
  for (let row = 0; row < count; row += 1) add(columnValue(vector.getItem(row)));
}

function columnValue(value: DuckDBValue): ColumnValue {
  if (value instanceof DuckDBTimestampValue) return value.micros / 1000n;
  if (value instanceof DuckDBDateValue) return value.days;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  throw new Error(`A value of a table is ${String(value)}`);
}
