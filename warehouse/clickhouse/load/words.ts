import type { SqlWords } from '../../load/words.ts';
import { list, literal } from './sql-text.ts';
import { clockSeconds, dateOf, durationUnits, inUtc, timestampOf } from './time-sql.ts';

/** ClickHouse's. Texts are bytes: what counts characters has UTF8 in its name. */
export const WORDS: SqlWords = {
  literal,
  text: (sql) => `CAST(${sql} AS VARCHAR)`,
  integer: (text, type) => integer(text, type === 'INTEGER' ? 2_147_483_647 : 9_223_372_036_854_774_784, type === 'INTEGER' ? 'toInt32' : 'toInt64'),
  bool: (text) => `CASE WHEN lower(${text}) IN (${list(['true', 't', '1', 'yes', 'y'])}) THEN true WHEN lower(${text}) IN (${list(['false', 'f', '0', 'no', 'n'])}) THEN false END`,
  concat: (texts) => `concat(${texts.map((text) => `ifNull(${text}, '')`).join(', ')})`,
  match: (text, results, otherwise) => (results.length === 0 ? otherwise : `CASE ${results.map(([key, sql]) => `WHEN ${text} = ${literal(key)} THEN ${sql}`).join(' ')} ELSE ${otherwise} END`),
  startsWith: (text, prefix) => `startsWith(${text}, ${literal(prefix)})`,
  substring: (text, from, length) => `substringUTF8(${text}, ${from}${length === undefined ? '' : `, ${length}`})`,
  split: (text, separator, part) => `if(isNull(${text}), NULL, splitByString(${literal(separator)}, assumeNotNull(${text}))[${part}])`,
  trim: (text) => `trim(BOTH ' ' FROM ${text})`,
  lower: (text) => `lowerUTF8(${text})`,
  upper: (text) => `upperUTF8(${text})`,
  digits: (text) => `replaceRegexpAll(${text}, '[^0-9]', '')`,
  timestampOf, dateOf, clockSeconds, durationUnits, inUtc,
  plusSeconds: (timestamp, seconds) => `addSeconds(${timestamp}, ${seconds})`,
  secondsBetween: (from, to) => `intDiv(toUnixTimestamp64Milli(${to}) - toUnixTimestamp64Milli(${from}), 1000)`,
};

/** Whole numbers are the rule; the way through floating point, rounded away from zero, is only for the others. */
function integer(text: string, largest: number, cast: string): string {
  const number = `toFloat64OrNull(trimBoth(${text}))`;
  return `coalesce(${cast}OrNull(${text}), if(abs(${number}) <= ${largest}, ${cast}(sign(${number}) * floor(abs(${number}) + 0.5)), NULL))`;
}
