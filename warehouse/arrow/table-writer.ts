import type { Data } from 'apache-arrow';
import { PackedColumn } from './packed-column.ts';
import type { Packed } from './packed-column.ts';
import { arrowType } from './table-column.ts';
import type { ColumnValue, TableColumn } from './table-column.ts';

/** Writes a table as an Arrow stream: its head, batches of rows, its end. */
export interface TableWriter {
  head(): Uint8Array;
  add(column: number, value: ColumnValue): void;
  /** The rows that were added since the last batch; as many values in each column are expected. */
  batch(): Uint8Array;
  end(): Uint8Array;
}

/** Mark and length before a message of the stream, and its end, which is a mark and no length. */
const PREFIX_BYTES = 8;

export async function openTableWriter(columns: readonly TableColumn[]): Promise<TableWriter> {
  // Most starts of the program hand no Arrow on.
  const arrow = await import('apache-arrow');
  const types = columns.map(({ kind }) => arrowType(arrow, kind));
  const schema = new arrow.Schema(columns.map(({ name }, index) => new arrow.Field(name, types[index] ?? new arrow.Null(), true)));
  const packing = columns.map(({ kind }) => new PackedColumn(kind));
  const dataOf = ({ length, nullCount, nullBitmap, data, valueOffsets }: Packed, index: number): Data =>
    new arrow.Data(types[index] ?? new arrow.Null(), 0, length, nullCount, { [arrow.BufferType.DATA]: data, ...(nullBitmap ? { [arrow.BufferType.VALIDITY]: nullBitmap } : {}), ...(valueOffsets ? { [arrow.BufferType.OFFSET]: valueOffsets } : {}) });

  /** A stream of one batch: the schema's message, the batch, the end. */
  const written = (): { head: Uint8Array; batch: Uint8Array; end: Uint8Array } => {
    const children = packing.map((column, index) => dataOf(column.take(), index));
    const rows = children[0]?.length ?? 0;
    const batch = new arrow.RecordBatch(schema, arrow.makeData({ type: new arrow.Struct(schema.fields), length: rows, nullCount: 0, children }));
    const bytes = arrow.RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
    const headBytes = PREFIX_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
    return { head: bytes.subarray(0, headBytes), batch: bytes.subarray(headBytes, -PREFIX_BYTES), end: bytes.subarray(-PREFIX_BYTES) };
  };
  const empty = written();
  return {
    head: () => empty.head,
    add: (column, value) => packing[column]?.add(value),
    batch: () => written().batch,
    end: () => empty.end,
  };
}
