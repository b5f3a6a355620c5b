import type { ColumnKind, ColumnValue } from './table-column.ts';

/** Buffers of a column, as Arrow lays them out. */
export interface Packed { length: number; nullCount: number; nullBitmap: Uint8Array | null; data: Uint8Array | Int32Array | BigInt64Array | Float64Array; valueOffsets: Int32Array | null }

/** Gathers the values of a column for one batch. */
export class PackedColumn {
  readonly #kind: ColumnKind;
  readonly #values: ColumnValue[] = [];

  constructor(kind: ColumnKind) {
    this.#kind = kind;
  }

  add(value: ColumnValue): void {
    this.#values.push(value);
  }

  /** What was gathered; the column begins anew. */
  take(): Packed {
    const values = this.#values.splice(0);
    const nulls = validity(values);
    return { length: values.length, ...nulls, ...packed(this.#kind, values) };
  }
}

function validity(values: readonly ColumnValue[]): Pick<Packed, 'nullCount' | 'nullBitmap'> {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] === null) nullCount += 1;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return { nullCount, nullBitmap: nullCount === 0 ? null : nullBitmap };
}

function packed(kind: ColumnKind, values: readonly ColumnValue[]): Pick<Packed, 'data' | 'valueOffsets'> {
  switch (kind) {
    case 'text': return packedTexts(values);
    case 'bool': {
      const data = new Uint8Array((values.length + 7) >> 3);
      for (let row = 0; row < values.length; row += 1) if (values[row] === true) data[row >> 3] = (data[row >> 3] ?? 0) | (1 << (row & 7));
      return { data, valueOffsets: null };
    }
    case 'bigint': case 'instant': {
      const data = new BigInt64Array(values.length);
      for (let row = 0; row < values.length; row += 1) data[row] = BigInt(values[row] ?? 0);
      return { data, valueOffsets: null };
    }
    default: {
      const data = kind === 'double' ? new Float64Array(values.length) : new Int32Array(values.length);
      for (let row = 0; row < values.length; row += 1) data[row] = Number(values[row] ?? 0);
      return { data, valueOffsets: null };
    }
  }
}

/** All texts are encoded at once: one by one takes several times as long. */
function packedTexts(values: readonly ColumnValue[]): Pick<Packed, 'data' | 'valueOffsets'> {
  const texts = values.map((value) => (value === null ? '' : String(value)));
  const all = texts.join('');
  const data = Buffer.from(all, 'utf8');
  // Where there are as many bytes as characters, each is one.
  const lengthOf = data.length === all.length ? (text: string) => text.length : (text: string) => Buffer.byteLength(text);
  const valueOffsets = new Int32Array(values.length + 1);
  let end = 0;
  for (const [row, text] of texts.entries()) {
    end += lengthOf(text);
    valueOffsets[row + 1] = end;
  }
  return { data, valueOffsets };
}
