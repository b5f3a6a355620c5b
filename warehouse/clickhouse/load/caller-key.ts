import { Readable } from 'node:stream';
import { holdKey, OLDEST_FIRST } from '../../load/held-key.ts';
import type { ClickHouseEngine } from '../engine.ts';

/** One number for its spellings; what is not all digits after that is a masked or a withheld one. Of the row `s`. */
const DIGITS = "if(match(s.caller, '^[1-9][0-9]+$'), s.caller, replaceRegexpOne(replaceRegexpAll(s.caller, '[+ .()/-]', ''), '^0+', ''))";

/** As DuckDB's: keyed, so that numbers cannot be found by trying all of them; '' for masked and missing ones. Needs {@link KEY_JOIN}. */
export const CALLER_KEY = `coalesce(s.caller_key, if(match(${DIGITS}, '^[0-9]{4,38}$'), lower(left(hex(SHA256(concat(assumeNotNull(held.secret), ${DIGITS}))), 32)), ''))`;

/**
 * The warehouse's key as a column. A statement stands in addresses, logs and errors; what it takes from a table does not, unless
 * as a value in place of a subquery: errors and EXPLAIN quote that as a constant. Joined by what is true of every row: a CROSS JOIN
 * copies them all. Without a key it fails.
 */
export const KEY_JOIN = `ANY LEFT JOIN (SELECT 1 AS one, if(throwIf(ifNull(count(*), 0) = 0, 'the warehouse has lost its caller key') = 0, argMin(secret, (${OLDEST_FIRST})), '') AS secret FROM store.caller_key) AS held ON held.one = (s.line_number >= 0)`;

/** @throws WarehouseError as `holdKey`. */
export function holdCallerKey(engine: ClickHouseEngine, secret: string): Promise<void> {
  return holdKey(engine, secret, async () => {
    const at = new Date().toISOString().replace('T', ' ').replace('Z', '');
    // Rows go in a statement's body, which nobody logs.
    await engine.send({ sql: 'INSERT INTO store.caller_key (secret, taken_at) FORMAT JSONEachRow', body: Readable.from([`${JSON.stringify({ secret, taken_at: at })}\n`]) });
  });
}
