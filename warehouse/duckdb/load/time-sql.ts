import type { DateFormat, DurationUnit, TimestampFormat } from '../../load-plan.ts';
import { literal } from './sql-text.ts';

/** Text → naive timestamp, null when the text does not fit the format exactly. */
export function timestampOf(text: string, format: TimestampFormat): string {
  switch (format) {
    // The plain type forgets an offset. Behind the date's own dashes only an offset has a sign.
    case 'iso': return `(CASE WHEN ${text} NOT LIKE '____-%' THEN NULL WHEN contains(substring(${text}, 12), '+') OR contains(substring(${text}, 12), '-') THEN timezone('UTC', TRY_CAST(${text} AS TIMESTAMPTZ)) ELSE TRY_CAST(${text} AS TIMESTAMP) END)`;
    // Without the length, the 17 characters of ODActions would be read as the 14 of ODCalls, or the other way round.
    case 'yyyyMMddHHmmss': return `(CASE WHEN length(${text}) = 14 THEN try_strptime(${text}, '%Y%m%d%H%M%S') END)`;
    case 'yyyyMMddHHmmssfff':
      return `(CASE WHEN length(${text}) = 17 THEN try_strptime(left(${text}, 14), '%Y%m%d%H%M%S') + to_milliseconds(TRY_CAST(right(${text}, 3) AS USMALLINT)) END)`;
    case 'dd/MM/yyyy HH:mm:ss': return `try_strptime(${text}, '%d/%m/%Y %H:%M:%S')`;
    case 'epoch-seconds': return epoch(text, 1_000_000);
    case 'epoch-milliseconds': return epoch(text, 1000);
    default: return format satisfies never;
  }
}

/** From 1970 to 9999, so that a wrong unit is refused instead of giving a year that nobody has. */
function epoch(text: string, micros: number): string {
  const value = `TRY_CAST(${text} AS DOUBLE)`;
  return `(CASE WHEN ${value} BETWEEN 0 AND ${253_402_300_799_000_000 / micros} THEN make_timestamp(CAST(round(${value} * ${micros}) AS BIGINT)) END)`;
}

/** Text → timestamp at midnight. */
export function dateOf(text: string, format: DateFormat): string {
  const pattern = { 'yyyy-MM-dd': '%Y-%m-%d', 'yyyyMMdd': '%Y%m%d', 'yyMMdd': '%y%m%d', 'dd/MM/yyyy': '%d/%m/%Y' }[format];
  return `try_strptime(${text}, ${literal(pattern)})`;
}

/** `h:mm:ss` or `m:ss` → seconds; hours may pass 24, as in services past midnight. */
export function clockSeconds(text: string): string {
  const part = (index: number): string => `TRY_CAST(split_part(${text}, ':', ${index}) AS BIGINT)`;
  return `(CASE WHEN ${text} SIMILAR TO '[0-9]{1,3}:[0-5][0-9]:[0-5][0-9]' THEN ${part(1)} * 3600 + ${part(2)} * 60 + ${part(3)}
    WHEN ${text} SIMILAR TO '[0-9]{1,4}:[0-5][0-9]' THEN ${part(1)} * 60 + ${part(2)} END)`;
}

/**
 * Wall clock → UTC with the offset of that date. A time that the clock skips is read with the offset
 * before the change; one that it shows twice is its second showing (winter time): the text cannot tell.
 */
export function inUtc(local: string, zone: string): string {
  return zone === 'UTC' ? local : `timezone('UTC', timezone(${literal(zone)}, ${local}))`;
}

/** A duration's text → whole seconds or milliseconds, floored; null when it is no number. */
export function durationUnits(text: string, unit: DurationUnit, to: 's' | 'ms'): string {
  const perUnit = { s: 1, ms: 0.001, cs: 0.01, min: 60, clock: 1 }[unit] * (to === 'ms' ? 1000 : 1);
  if (unit === 'clock') return `(${clockSeconds(text)} * ${perUnit})`;
  // Whole numbers are the rule; the way through floating point is only for the others.
  const scaled = perUnit >= 1 ? `TRY_CAST(${text} AS DOUBLE) * ${perUnit}` : `TRY_CAST(${text} AS DOUBLE) / ${Math.round(1 / perUnit)}`;
  return `TRY_CAST(floor(${scaled}) AS ${to === 'ms' ? 'BIGINT' : 'INTEGER'})`;
}
