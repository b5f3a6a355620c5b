import { literal } from './sql-text.ts';

/** One number for its spellings; what is not all digits after that is a masked or a withheld one. Of the row `s`. */
const DIGITS = "if(match(s.caller, '^[1-9][0-9]+$'), s.caller, replaceRegexpOne(replaceRegexpAll(s.caller, '[+ .()/-]', ''), '^0+', ''))";

/** As DuckDB's: keyed, so that numbers cannot be found by trying all of them; '' for masked and missing ones. */
export function callerKey(secret: string): string {
  return `coalesce(s.caller_key, if(match(${DIGITS}, '^[0-9]{4,38}$'), lower(left(hex(SHA256(concat(${literal(secret)}, ${DIGITS}))), 32)), ''))`;
}
