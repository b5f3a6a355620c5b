import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { LIMITS } from './limits.ts';
import { CallFileRefused } from './refusal.ts';

/** Rows as they stand in the file, with the number of the row: the header is 1. */
export interface Rows { first: number; rows: string[][] }

/**
 * Small: whoever copies rows to a database feeds its socket between two parts, a socket's buffer lasts the database for milliseconds, and it
 * asks for more only when three quarters of it are gone. With parts of 256 kB it waited for a third of its time.
 */
const PART_BYTES = 1 << 14;
const DELIMITERS = [';', ',', '\t', '|'];
const NEWLINES = ['\r\n', '\n', '\r'] as const;
type Newline = (typeof NEWLINES)[number];

/** The first lines of a text, decoded. @throws CallFileRefused when they are not what the encoding says. */
export async function headOf(path: string, encoding: string): Promise<string> {
  for await (const text of decoded(path, encoding)) return text;
  return '';
}

/** The delimiter that cuts the first lines into the same number of fields, more than one if any does. */
export function delimiterOf(head: string): string {
  const guessed = Papa.parse(head, { preview: 20, delimitersToGuess: DELIMITERS, skipEmptyLines: true }).meta.delimiter;
  return DELIMITERS.includes(guessed) ? guessed : ';';
}

/** Reads delimited text (RFC 4180) a piece at a time. A quote that is never closed ends at a limit, not in memory. */
export async function* csvRows(path: string, encoding: string, delimiter: string): AsyncGenerator<Rows> {
  let rest = '';
  let first = 1;
  let newline: Newline | null = null;
  for await (const part of decoded(path, encoding)) {
    const text: string = rest + part;
    newline ??= newlineOf(text);
    const { rows, used } = newline === null ? { rows: [], used: 0 } : parsePart(text, delimiter, newline, true);
    rest = text.slice(used);
    // A row that is not over yet.
    if (rest.length > LIMITS.row + PART_BYTES) refuseLong(rest, delimiter, first + rows.length);
    if (rows.length > 0) yield { first, rows };
    first += rows.length;
  }
  if (rest === '') return;
  const { rows } = parsePart(rest, delimiter, newline ?? '\n', false);
  yield { first, rows };
}

function parsePart(text: string, delimiter: string, newline: Newline, more: boolean): { rows: string[][]; used: number } {
  const { data, errors, meta }: Papa.ParseResult<string[]> = new Papa.Parser({ delimiter, newline }).parse(text, 0, more);
  if (!more && errors.some(({ code }) => code === 'MissingQuotes')) throw new CallFileRefused('unclosed-quote');
  return { rows: data, used: meta.cursor };
}

function refuseLong(rest: string, delimiter: string, line: number): never {
  const cut = rest.slice(0, LIMITS.row);
  const columns = cut.split(delimiter).length;
  if (cut.includes('"') && columns < LIMITS.columns) throw new CallFileRefused('cell-too-long', String(line));
  throw new CallFileRefused(columns > LIMITS.columns ? 'too-many-columns' : 'cell-too-long', String(line));
}

/** How lines end, told by the first end outside quotes: sheets break a line within a cell in another way. Null = there is none yet, or the rest of it may follow. */
function newlineOf(text: string): Newline | null {
  const unquoted = text.replaceAll(/(^|[;,\t|\r\n])"(?:[^"]|"")*(?:"|$)/g, '$1""');
  const end = /\r\n|\n|\r(?!$)/.exec(unquoted)?.[0];
  return NEWLINES.find((newline) => newline === end) ?? null;
}

async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  // A sequence that the encoding does not know is an error, not a question mark.
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const part of createReadStream(path, { highWaterMark: PART_BYTES })) yield decoder.decode(part, { stream: true });
    const last = decoder.decode();
    if (last !== '') yield last;
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new CallFileRefused('wrong-encoding', encoding);
    throw error;
  }
}
