import type { DateFormat, DurationUnit, TimestampFormat } from '../../load-plan.ts';
import { literal } from './sql-text.ts';

/** With `T` or a blank, a fraction, `Z` or an offset; the parser alone would read much more. */
const ISO = '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?( ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?))?)?$';

/** Text → DateTime64 in UTC, null when the text does not fit the format exactly. */
export function timestampOf(text: string, format: TimestampFormat): string {
  switch (format) {
    case 'iso': return `if(match(${text}, '${ISO}'), parseDateTime64BestEffortOrNull(${text}, 3, 'UTC'), NULL)`;
    // Without the length, the 17 characters of ODActions would be read as the 14 of ODCalls, or the other way round.
    case 'yyyyMMddHHmmss': return `if(length(${text}) = 14, ${parsed(text, '%Y%m%d%H%i%S')}, NULL)`;
    case 'yyyyMMddHHmmssfff': return `if(length(${text}) = 17, addMilliseconds(${parsed(`left(${text}, 14)`, '%Y%m%d%H%i%S')}, toUInt16OrNull(right(${text}, 3))), NULL)`;
    case 'dd/MM/yyyy HH:mm:ss': return parsed(text, '%d/%m/%Y %H:%i:%S');
    case 'epoch-seconds': return epoch(text, 1000);
    case 'epoch-milliseconds': return epoch(text, 1);
    default: return format satisfies never;
  }
}

function parsed(text: string, pattern: string): string {
  return `toDateTime64(parseDateTimeOrNull(${text}, '${pattern}', 'UTC'), 3, 'UTC')`;
}

/** From 1970 to 2299, the last year that this engine knows, so that a wrong unit is refused instead of giving a year that nobody has. */
function epoch(text: string, millis: number): string {
  const value = `toFloat64OrNull(${text})`;
  return `if(${value} BETWEEN 0 AND ${10_413_791_999_000 / millis}, fromUnixTimestamp64Milli(toInt64(round(${value} * ${millis})), 'UTC'), NULL)`;
}

/** Text → timestamp at midnight. */
export function dateOf(text: string, format: DateFormat): string {
  return parsed(text, { 'yyyy-MM-dd': '%Y-%m-%d', 'yyyyMMdd': '%Y%m%d', 'yyMMdd': '%y%m%d', 'dd/MM/yyyy': '%d/%m/%Y' }[format]);
}

export function clockSeconds(text: string): string {
  const part = (index: number): string => `toInt64OrNull(splitByChar(':', ifNull(${text}, ''))[${index}])`;
  return `CASE WHEN match(${text}, '^[0-9]{1,3}:[0-5][0-9]:[0-5][0-9]$') THEN ${part(1)} * 3600 + ${part(2)} * 60 + ${part(3)}
    WHEN match(${text}, '^[0-9]{1,4}:[0-5][0-9]$') THEN ${part(1)} * 60 + ${part(2)} END`;
}

/** With the offsets of the day before and of the day after: the later one where it holds, which is also the second showing; else the earlier. */
export function inUtc(local: string, zone: string): string {
  if (zone === 'UTC') return local;
  const offset = (instant: string): string => `timezoneOffset(toTimeZone(${instant}, ${literal(zone)}))`;
  const offsetOf = (days: number): string => `addSeconds(${local}, -${offset(`addSeconds(${local}, ${days * 86_400})`)})`;
  return `if(${offset(offsetOf(1))} = ${offset(`addSeconds(${local}, 86400)`)}, ${offsetOf(1)}, ${offsetOf(-1)})`;
}

/** A duration's text → whole seconds or milliseconds, floored; null when it is no number. */
export function durationUnits(text: string, unit: DurationUnit, to: 's' | 'ms'): string {
  const perUnit = { s: 1, ms: 0.001, cs: 0.01, min: 60, clock: 1 }[unit] * (to === 'ms' ? 1000 : 1);
  if (unit === 'clock') return `(${clockSeconds(text)} * ${perUnit})`;
  const number = `toFloat64OrNull(trimBoth(${text}))`;
  const scaled = perUnit >= 1 ? `${number} * ${perUnit}` : `${number} / ${Math.round(1 / perUnit)}`;
  return `if(abs(floor(${scaled})) <= ${to === 'ms' ? 9_223_372_036_854_774_784 : 2_147_483_647}, ${to === 'ms' ? 'toInt64' : 'toInt32'}(floor(${scaled})), NULL)`;
}
