import { promisify } from 'node:util';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import type { Readable } from 'node:stream';
import type { Rows } from './csv-rows.ts';
import { LIMITS } from './limits.ts';
import { CallFileRefused } from './refusal.ts';

const ROWS_AT_ONCE = 2000;

/** Reads the first sheet of a workbook a piece at a time. Formulas are text, dates are ISO. @throws CallFileRefused */
export async function* xlsxRows(path: string): AsyncGenerator<Rows> {
  const book = await openBook(path);
  try {
    const shared = await sharedStrings(book);
    const dateStyles = await readDateStyles(book);
    const sheet = await firstSheet(book);
    yield* sheetRows(book, sheet, shared, dateStyles);
  } finally {
    book.zip.close();
  }
}

interface Book { zip: yauzl.ZipFile; entries: Map<string, yauzl.Entry> }

async function openBook(path: string): Promise<Book> {
  const open = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);
  const zip = await open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
    throw new CallFileRefused('not-a-workbook', error instanceof Error ? error.message : '');
  });
  const entries = new Map<string, yauzl.Entry>();
  let [unpacked, packed] = [0, 0];
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: yauzl.Entry) => {
        unpacked += entry.uncompressedSize;
        packed += entry.compressedSize;
        entries.set(entry.fileName.toLowerCase(), entry);
        if (entry.isEncrypted()) reject(new CallFileRefused('protected'));
        else if (entries.size > LIMITS.workbookParts) reject(new CallFileRefused('zip-bomb', `${entries.size} parts`));
        else if (unpacked > LIMITS.unpackedBytes || (unpacked > LIMITS.unpackedFreeBytes && unpacked > packed * LIMITS.unpackedTimes)) reject(new CallFileRefused('zip-bomb', `${Math.round(unpacked / 2 ** 20)} MB`));
        else zip.readEntry();
      });
      zip.on('end', resolve);
      zip.on('error', (error: Error) => reject(new CallFileRefused('not-a-workbook', error.message)));
      zip.readEntry();
    });
    return { zip, entries };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** A part's XML, event by event; the entry's own size was checked, and yauzl breaks off what unpacks to more. */
async function* xmlOf(book: Book, name: string): AsyncGenerator<string> {
  const entry = book.entries.get(name);
  if (!entry) return;
  const stream = await new Promise<Readable>((resolve, reject) => book.zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened))));
  stream.setEncoding('utf8');
  try {
    for await (const part of stream) yield String(part);
  } catch (error) {
    throw new CallFileRefused('not-a-workbook', error instanceof Error ? error.message : '');
  }
}

interface XmlHandlers { open?(name: string, attributes: Record<string, string>): void; text?(text: string): void; close?(name: string): void }

function parserOf({ open, text, close }: XmlHandlers): SaxesParser {
  const parser = new SaxesParser();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw new CallFileRefused('not-a-workbook', error.message);
  });
  // A workbook has no document type: entities that grow are not let in.
  parser.on('doctype', () => {
    throw new CallFileRefused('not-a-workbook', 'document type');
  });
  parser.on('opentag', (tag) => open?.(local(tag.name), tag.attributes));
  parser.on('text', (part) => text?.(part));
  parser.on('closetag', (tag) => close?.(local(tag.name)));
  return parser;
}

async function readPart(book: Book, name: string, handlers: XmlHandlers): Promise<void> {
  const parser = parserOf(handlers);
  for await (const part of xmlOf(book, name)) parser.write(part);
}

async function sharedStrings(book: Book): Promise<string[]> {
  const strings: string[] = [];
  let [current, inText, phonetic, total] = ['', false, false, 0];
  await readPart(book, 'xl/sharedstrings.xml', {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    text(part) {
      if (!inText) return;
      current += part;
      total += part.length;
      if (current.length > LIMITS.row) throw new CallFileRefused('cell-too-long', `text ${strings.length + 1}`);
      if (total > LIMITS.sharedText) throw new CallFileRefused('zip-bomb', 'shared texts');
    },
    close(name) {
      inText = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si') strings.push(current);
    },
  });
  return strings;
}

/** Built-in formats of dates and times (ECMA-376 18.8.30). */
const isBuiltInDate = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

async function readDateStyles(book: Book): Promise<Set<number>> {
  const [own, styles] = [new Set<number>(), new Set<number>()];
  let [inCells, index] = [false, 0];
  await readPart(book, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt' && /[dmyhs]/i.test((attributes['formatCode'] ?? '').replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''))) own.add(Number(attributes['numFmtId']));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const format = Number(attributes['numFmtId'] ?? 0);
        if (isBuiltInDate(format) || own.has(format)) styles.add(index);
        index++;
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** The path of the sheet that stands first. */
async function firstSheet(book: Book): Promise<string> {
  let id = '';
  let path = '';
  await readPart(book, 'xl/workbook.xml', { open(name, attributes) {
    if (name === 'sheet' && id === '') id = attributes['r:id'] ?? Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
  } });
  await readPart(book, 'xl/_rels/workbook.xml.rels', { open(name, attributes) {
    if (name === 'Relationship' && attributes['Id'] === id) path = attributes['Target'] ?? '';
  } });
  const found = (path.startsWith('/') ? path.slice(1) : `xl/${path}`).toLowerCase();
  if (id === '' || !book.entries.has(found)) throw new CallFileRefused(book.entries.has('xl/workbook.xml') ? 'no-sheet' : 'not-a-workbook');
  return found;
}

async function* sheetRows(book: Book, sheet: string, shared: readonly string[], dateStyles: ReadonlySet<number>): AsyncGenerator<Rows> {
  let batch: string[][] = [];
  let [first, line] = [1, 0];
  let row: string[] = [];
  let cell = { column: 0, kind: '', date: false, value: '', formula: '', inValue: false, inFormula: false };
  const put = (): void => {
    const { column, kind, date, value, formula } = cell;
    const text = formula !== '' ? `=${formula}` : kind === 's' ? (shared[Number(value)] ?? '') : kind === 'b' ? (value === '1' ? 'true' : 'false') : date && value !== '' ? isoOf(Number(value)) : plainNumber(kind, value);
    while (row.length < column) row.push('');
    row[column] = text;
  };
  const parser = parserOf({
    open(name, attributes) {
      if (name === 'row') {
        const given = Number(attributes['r'] ?? line + 1);
        if (!(given > line) || given > LIMITS.rows + 1) throw new CallFileRefused(given > line ? 'too-many-rows' : 'not-a-workbook', attributes['r'] ?? '');
        // Rows that are left out in the sheet are empty ones.
        while (line < given - 1 && line - first < 10_000) {
          batch.push([]);
          line++;
        }
        if (line < given - 1) throw new CallFileRefused('too-many-rows', String(given));
        line = given;
        row = [];
        cell.column = -1;
      }
      if (name === 'c') {
        const column = attributes['r'] === undefined ? cell.column + 1 : columnOf(attributes['r']);
        if (column >= LIMITS.columns) throw new CallFileRefused('too-many-columns', String(line));
        cell = { column, kind: attributes['t'] ?? 'n', date: (attributes['t'] ?? 'n') === 'n' && dateStyles.has(Number(attributes['s'] ?? -1)), value: '', formula: '', inValue: false, inFormula: false };
      }
      cell.inValue = name === 'v' || name === 't';
      cell.inFormula = name === 'f';
    },
    text(part) {
      if (cell.inValue) cell.value += part;
      if (cell.inFormula) cell.formula += part;
      if (cell.value.length + cell.formula.length > LIMITS.row) throw new CallFileRefused('cell-too-long', String(line));
    },
    close(name) {
      // A shared formula names itself once only: its other cells must not look like values.
      if (name === 'f' && cell.formula === '') cell.formula = '…';
      cell.inValue = false;
      cell.inFormula = false;
      if (name === 'c') put();
      if (name === 'row') batch.push(row);
    },
  });
  for await (const part of xmlOf(book, sheet)) {
    parser.write(part);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield { first, rows: batch };
    first = line + 1;
    batch = [];
  }
  if (batch.length > 0) yield { first, rows: batch };
}

/** `BC12` → 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** Telephone numbers that a workbook keeps as numbers must not come out as 3.36E+10. */
function plainNumber(kind: string, value: string): string {
  return kind === 'n' && /e/i.test(value) && Number.isSafeInteger(Number(value)) ? String(Number(value)) : value;
}

/** Days since the last day of 1899, as every workbook of today counts them. */
function isoOf(serial: number): string {
  const at = new Date(Math.round((serial - 25_569) * 86_400) * 1000);
  return Number.isNaN(at.getTime()) ? String(serial) : at.toISOString().slice(0, serial % 1 === 0 ? 10 : 16);
}
