import {
  BIGINT, BOOLEAN, DOUBLE, DuckDBDateValue, DuckDBDecimalValue, DuckDBListValue, DuckDBTimestampTZValue, DuckDBTimestampValue,
  INTEGER, LIST, SQLNULL, TIMESTAMP, VARCHAR,
} from '@duckdb/node-api';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { SqlValue } from '../engine.ts';

/** What comes out of a query: plain values that structured clone and JSON both carry. */
export type PlainValue = string | number | boolean | null | PlainValue[];

/** A parameter as DuckDB binds it. Whole numbers are integers, dates are timestamps without zone (UTC). */
export function toDuckDb(value: SqlValue): { value: DuckDBValue; type: DuckDBType } {
  if (value === null) return { value, type: SQLNULL };
  if (Array.isArray(value)) return { value: new DuckDBListValue(value.map((item) => listItem(item))), type: LIST(listType(value)) };
  if (value instanceof Date) return { value: new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), type: TIMESTAMP };
  switch (typeof value) {
    case 'string': return { value, type: VARCHAR };
    case 'boolean': return { value, type: BOOLEAN };
    case 'bigint': return { value, type: BIGINT };
    default: return number(value);
  }
}

function number(value: number): { value: DuckDBValue; type: DuckDBType } {
  if (!Number.isSafeInteger(value)) return { value, type: DOUBLE };
  return value >= -0x8000_0000 && value <= 0x7fff_ffff ? { value, type: INTEGER } : { value: BigInt(value), type: BIGINT };
}

function listType(values: (string | number)[]): DuckDBType {
  if (values.every((value) => typeof value === 'number') && values.length > 0) {
    return values.every((value) => Number.isSafeInteger(value)) ? BIGINT : DOUBLE;
  }
  return VARCHAR;
}

function listItem(value: string | number): DuckDBValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/**
 * A result's value as plain data: 64-bit integers as numbers, timestamps as epoch milliseconds, dates
 * as `yyyy-mm-dd`, decimals as numbers.
 * @throws RangeError beyond 2^53, where a number would silently be another one.
 */
export function fromDuckDb(value: DuckDBValue): PlainValue {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'bigint': return safe(value);
    case 'string': case 'number': case 'boolean': return value;
    default: break;
  }
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return Number(value.micros) / 1000;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map((item) => fromDuckDb(item));
  if (value instanceof DuckDBDateValue) return value.toString();
  return String(value);
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`The value ${value} of a result is beyond 2^53 and cannot be a number: cast it to text in SQL`);
  return number;
}
