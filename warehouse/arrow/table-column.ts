import type { DataType } from 'apache-arrow';

/** What a column of an Arrow table holds. An instant is in UTC, of whole milliseconds. */
export const COLUMN_KINDS = ['text', 'int', 'bigint', 'double', 'bool', 'instant', 'date'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];
export interface TableColumn { name: string; kind: ColumnKind }

/** Instants as epoch milliseconds, dates as days from 1970. */
export type ColumnValue = string | number | bigint | boolean | null;

type Arrow = typeof import('apache-arrow');

/** The same types that ClickHouse gives the columns of such a statement. */
export function arrowType({ DateDay, Bool, Float64, Int32, Int64, TimestampMillisecond, Utf8 }: Arrow, kind: ColumnKind): DataType {
  switch (kind) {
    case 'text': return new Utf8();
    case 'int': return new Int32();
    case 'bigint': return new Int64();
    case 'double': return new Float64();
    case 'bool': return new Bool();
    case 'instant': return new TimestampMillisecond('UTC');
    case 'date': return new DateDay();
  }
}
