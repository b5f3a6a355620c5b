import { z } from 'zod';

/** What comes out of a query: plain values that structured clone and JSON both carry. */
export type PlainValue = string | number | boolean | null | PlainValue[];
type Reader = (value: unknown) => PlainValue;

/** Format JSONCompact, with 64-bit integers as texts and timestamps as `2026-01-31T08:00:00.123Z`. */
const answerSchema = z.object({ meta: z.array(z.object({ name: z.string(), type: z.string() })), data: z.array(z.array(z.unknown())) });

/**
 * The rows of an answer as plain data: 64-bit integers as numbers, timestamps as epoch milliseconds, dates as `yyyy-mm-dd`.
 * @throws RangeError beyond 2^53, where a number would silently be another one.
 */
export function rowsOf(answer: string): Record<string, PlainValue>[] {
  if (answer === '') return [];
  const { meta, data } = answerSchema.parse(JSON.parse(answer));
  // Where two tables of a join have a column, that of `p.*` comes as `p.column`.
  const columns = meta.map(({ name, type }) => ({ name: name.replace(/^\w+\.(\w+)$/, '$1'), read: readerOf(type) }));
  return data.map((values) => {
    const row: Record<string, PlainValue> = {};
    columns.forEach(({ name, read }, index) => { row[name] = read(values[index]); });
    return row;
  });
}

function readerOf(type: string): Reader {
  const inner = /^(?:Nullable\(|LowCardinality\(|SimpleAggregateFunction\(\w+, )(.*)\)$/s.exec(type)?.[1];
  if (inner !== undefined) return readerOf(inner);
  const item = /^Array\((.*)\)$/s.exec(type)?.[1];
  if (item !== undefined) {
    const read = readerOf(item);
    return (value) => (Array.isArray(value) ? value.map(read) : null);
  }
  if (/^U?Int(64|128|256)$/.test(type)) return (value) => (value === null ? null : safeInteger(String(value)));
  if (type.startsWith('DateTime')) return (value) => (value === null ? null : Date.parse(String(value)));
  return plain;
}

function plain(value: unknown): PlainValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

export function safeInteger(value: string | bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`The value ${value} of a result is beyond 2^53 and cannot be a number: cast it to text in SQL`);
  return number;
}
