import type { Data, RecordBatch } from 'apache-arrow';
import type { PlainValue } from './values.ts';
import { safeInteger } from './values.ts';

type Arrow = typeof import('apache-arrow');
type Row = Record<string, PlainValue>;

/** The rows of an answer in the format ArrowStream, the same plain data as `rowsOf` gives. */
export async function rowsOfArrow(answer: Uint8Array): Promise<Row[]> {
  const arrow = await import('apache-arrow');
  const rows: Row[] = [];
  for (const batch of arrow.RecordBatchReader.from(answer)) addBatch(arrow, batch, rows);
  return rows;
}

function addBatch(arrow: Arrow, batch: RecordBatch, rows: Row[]): void {
  const first = rows.length;
  for (let row = 0; row < batch.numRows; row += 1) rows.push({});
  batch.schema.fields.forEach(({ name }, index) => {
    const column = batch.data.children[index];
    if (!column) return;
    // Where two tables of a join have a column, that of `p.*` comes as `p.column`.
    const key = name.replace(/^\w+\.(\w+)$/, '$1');
    const read = reader(arrow, column);
    for (let row = 0; row < batch.numRows; row += 1) {
      const target = rows[first + row];
      if (target) target[key] = column.getValid(row) ? read(row) : null;
    }
  });
}

/** Reads a column's values by their row. @throws Error for a type that no statement of ours gives. */
function reader(arrow: Arrow, column: Data): (row: number) => PlainValue {
  const { DataType, DateUnit, TimeUnit, util } = arrow;
  const { type, values } = column;
  if (DataType.isUtf8(type)) return textReader(column);
  if (DataType.isBool(type)) return (row) => ((values[(column.offset + row) >> 3] ?? 0) >> ((column.offset + row) & 7) & 1) === 1;
  if (DataType.isInt(type)) return type.bitWidth === 64 ? (row) => safeInteger(values[row]) : (row) => Number(values[row]);
  if (DataType.isFloat(type)) return (row) => (Number.isFinite(values[row]) ? Number(values[row]) : null);
  if (DataType.isTimestamp(type)) {
    const perMs = { [TimeUnit.SECOND]: 0.001, [TimeUnit.MILLISECOND]: 1, [TimeUnit.MICROSECOND]: 1000, [TimeUnit.NANOSECOND]: 1_000_000 }[type.unit];
    return (row) => Number(values[row]) / perMs;
  }
  if (DataType.isDate(type) && type.unit === DateUnit.DAY) return (row) => new Date(Number(values[row]) * DAY_MS).toISOString().slice(0, 10);
  if (DataType.isDecimal(type)) return (row) => util.bigNumToNumber(util.BN.decimal(values.subarray(row * column.stride, (row + 1) * column.stride)), type.scale);
  if (DataType.isList(type)) {
    const [items] = column.children;
    if (!items) return () => [];
    const read = reader(arrow, items);
    return (row) => Array.from({ length: (column.valueOffsets[row + 1] ?? 0) - (column.valueOffsets[row] ?? 0) }, (_, item) => {
      const at = (column.valueOffsets[row] ?? 0) + item;
      return items.getValid(at) ? read(at) : null;
    });
  }
  if (DataType.isNull(type)) return () => null;
  throw new Error(`An answer has a column of the Arrow type ${String(type)}, which nobody reads: cast it in SQL`);
}

const DAY_MS = 86_400_000;

/** All texts are decoded at once where each byte is a character: one by one takes several times as long. */
function textReader({ values, valueOffsets, length }: Data): (row: number) => string {
  const [begin, end] = [valueOffsets[0] ?? 0, valueOffsets[length] ?? 0];
  const bytes = Buffer.from(values.buffer, values.byteOffset + begin, end - begin);
  const all = bytes.toString('utf8');
  if (all.length === bytes.length) return (row) => all.slice((valueOffsets[row] ?? 0) - begin, (valueOffsets[row + 1] ?? 0) - begin);
  return (row) => bytes.toString('utf8', (valueOffsets[row] ?? 0) - begin, (valueOffsets[row + 1] ?? 0) - begin);
}
