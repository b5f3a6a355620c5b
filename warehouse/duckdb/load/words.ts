import type { SqlWords } from '../../load/words.ts';
import { literal } from './sql-text.ts';
import { clockSeconds, dateOf, durationUnits, inUtc, timestampOf } from './time-sql.ts';

/** DuckDB's. */
export const WORDS: SqlWords = {
  literal,
  text: (sql) => `CAST(${sql} AS VARCHAR)`,
  integer: (text, type) => `TRY_CAST(${text} AS ${type})`,
  bool: (text) => `TRY_CAST(${text} AS BOOLEAN)`,
  concat: (texts) => `concat(${texts.join(', ')})`,
  match: (text, results, otherwise) => `CASE ${text} ${results.map(([key, sql]) => `WHEN ${literal(key)} THEN ${sql}`).join(' ')} ELSE ${otherwise} END`,
  startsWith: (text, prefix) => `starts_with(${text}, ${literal(prefix)})`,
  substring: (text, from, length) => `substring(${text}, ${from}${length === undefined ? '' : `, ${length}`})`,
  split: (text, separator, part) => `split_part(${text}, ${literal(separator)}, ${part})`,
  trim: (text) => `trim(${text})`,
  lower: (text) => `lower(${text})`,
  upper: (text) => `upper(${text})`,
  digits: (text) => `regexp_replace(${text}, '[^0-9]', '', 'g')`,
  timestampOf, dateOf, clockSeconds, durationUnits, inUtc,
  plusSeconds: (timestamp, seconds) => `(${timestamp} + to_seconds(${seconds}))`,
  secondsBetween: (from, to) => `((epoch_ms(${to}) - epoch_ms(${from})) // 1000)`,
};
