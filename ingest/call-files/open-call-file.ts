import { open, stat } from 'node:fs/promises';
import { csvRows, delimiterOf, headOf, type Rows } from './csv-rows.ts';
import { LIMITS } from './limits.ts';
import { CallFileRefused } from './refusal.ts';
import { encodingOf } from './text-encoding.ts';
import { REJECTED_COLUMNS } from './words.ts';
import { xlsxRows } from './xlsx-rows.ts';

export interface OpenedCallFile {
  format: 'csv' | 'xlsx';
  /** Of delimited text. */
  delimiter: string | null;
  encoding: string | null;
  /** Names of the columns, trimmed, each once; without those of a file of rejected rows. */
  header: string[];
  bytes: number;
  /** From the beginning each time; the rows under the header, blank ones as empty lists. */
  rows(): AsyncGenerator<Rows>;
}

/** Of a column, in characters. */
const LONGEST_NAME = 200;
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** The container of old workbooks, and of those that a password protects. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** Looks into a file of contacts, CSV or XLSX by its content, not by its name. @throws CallFileRefused with the reason. */
export async function openCallFile(path: string): Promise<OpenedCallFile> {
  const { size } = await stat(path);
  if (size === 0) throw new CallFileRefused('empty');
  if (size > LIMITS.fileBytes) throw new CallFileRefused('too-large', `${Math.round(size / 2 ** 20)} MB`);
  const magic = await firstBytes(path);
  const begins = (signature: number[]): boolean => signature.every((byte, index) => magic[index] === byte);
  if (begins(COMPOUND)) throw new CallFileRefused(magic.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'protected' : 'old-workbook');
  const read = begins(ZIP) ? { format: 'xlsx' as const, delimiter: null, encoding: null, all: () => xlsxRows(path) } : await textOf(path);
  const whole = await headerOf(read.all());
  const rows = (): AsyncGenerator<Rows> => underHeader(read.all(), whole.length);
  const file = { format: read.format, delimiter: read.delimiter, encoding: read.encoding, bytes: size };
  const ours = rejectedColumnsAt(whole);
  return ours === -1 ? { ...file, header: whole, rows } : { ...file, header: whole.toSpliced(ours, ADDED), rows: () => without(rows(), ours) };
}

const ADDED = 3;

/** Rejected rows that were corrected come back with the columns that said why: nobody's contact needs them. -1 = they are not there. */
function rejectedColumnsAt(header: readonly string[]): number {
  return header.findIndex((_, at) => Object.values(REJECTED_COLUMNS).some((added) => added.every((name, index) => header[at + index] === name)));
}

async function* without(parts: AsyncGenerator<Rows>, at: number): AsyncGenerator<Rows> {
  for await (const { first, rows } of parts) yield { first, rows: rows.map((row) => row.toSpliced(at, ADDED)) };
}

async function textOf(path: string): Promise<{ format: 'csv'; delimiter: string; encoding: string; all: () => AsyncGenerator<Rows> }> {
  const encoding = await encodingOf(path);
  const head = await headOf(path, encoding);
  if (head.includes('\0')) throw new CallFileRefused('binary');
  const delimiter = delimiterOf(head);
  return { format: 'csv', delimiter, encoding, all: () => csvRows(path, encoding, delimiter) };
}

async function headerOf(all: AsyncGenerator<Rows>): Promise<string[]> {
  for await (const { rows } of all) {
    const names = (rows[0] ?? []).map((name) => name.trim());
    while (names.at(-1) === '') names.pop();
    if (names.length === 0) throw new CallFileRefused('no-header');
    if (names.length > LIMITS.columns) throw new CallFileRefused('too-many-columns', '1');
    // A first row of numbers is a contact, not a header; so is one that tells a story.
    if (names.some((name) => name.length > LONGEST_NAME || /^[+\d][\d\s./()-]{5,}$/.test(name)) || names.includes('')) throw new CallFileRefused('no-header', names.join(', ').slice(0, 100));
    const twice = names.find((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index);
    if (twice !== undefined) throw new CallFileRefused('duplicate-column', twice);
    return names;
  }
  throw new CallFileRefused('empty');
}

/** Without the header, with each row's limits held. Columns beyond the header are kept: the row is refused by itself. */
async function* underHeader(all: AsyncGenerator<Rows>, columns: number): AsyncGenerator<Rows> {
  for await (const part of all) {
    const { first, rows } = part.first === 1 ? { first: 2, rows: part.rows.slice(1) } : part;
    if (first + rows.length - 2 > LIMITS.rows) throw new CallFileRefused('too-many-rows', String(LIMITS.rows));
    for (const [index, row] of rows.entries()) {
      if (row.length > LIMITS.columns && row.length > columns) throw new CallFileRefused('too-many-columns', String(first + index));
      for (const cell of row) {
        if (cell.length > LIMITS.row) throw new CallFileRefused('cell-too-long', String(first + index));
        if (cell.includes('\0')) throw new CallFileRefused('binary', String(first + index));
      }
    }
    yield { first, rows };
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(65_536);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
