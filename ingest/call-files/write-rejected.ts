import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import yazl from 'yazl';
import type { CallFile, CallFiles } from '../../warehouse/operational/contacts/call-files.ts';
import { REJECTED_COLUMNS, reasonInWords, type Language } from './words.ts';

/** Writes a file's rejected rows in the form in which they came, each with its row and its reason. */
export async function writeRejected(files: CallFiles, file: CallFile, path: string, language: Language): Promise<void> {
  await pipeline(rejectedAsFile(files, file, language), createWriteStream(path));
}

/** The same as a stream of bytes, read from the store no faster than it is taken. */
export function rejectedAsFile(files: CallFiles, file: CallFile, language: Language): NodeJS.ReadableStream {
  const rows = rejectedRows(files, file, language);
  return file.format === 'csv' ? Readable.from(csvOf(rows, file.delimiter ?? ';')) : workbookOf(rows);
}

async function* rejectedRows(files: CallFiles, file: CallFile, language: Language): AsyncGenerator<string[][]> {
  yield [[...file.header, ...REJECTED_COLUMNS[language].map((name) => distinct(name, file.header))]];
  for await (const part of files.rejected(file.id))
    yield part.map(({ line, reason, detail, cells }) => [...file.header.map((_, index) => cells?.[index] ?? ''), String(line), reasonInWords(reason, language), detail ?? '', ...(cells ?? []).slice(file.header.length)]);
}

/** An import refuses two columns of one name. */
function distinct(name: string, header: readonly string[]): string {
  const taken = new Set(header.map((column) => column.toLowerCase()));
  let other = name;
  for (let count = 2; taken.has(other.toLowerCase()); count += 1) other = `${name} (${count})`;
  return other;
}

async function* csvOf(rows: AsyncGenerator<string[][]>, delimiter: string): AsyncGenerator<string> {
  // The mark tells Excel that this is UTF-8.
  yield '\u{FEFF}';
  // What begins like a formula gets an apostrophe, which an import takes off again.
  for await (const part of rows) yield `${Papa.unparse(part, { delimiter, newline: '\r\n', escapeFormulae: true })}\r\n`;
}

/** The least that a workbook needs. Cells are inline texts: no program takes them for formulas. */
const PARTS: Record<string, string> = {
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml': '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
};
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function workbookOf(rows: AsyncGenerator<string[][]>): NodeJS.ReadableStream {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(XML + content), name);
  const sheet = Readable.from(sheetOf(rows));
  // Rows that cannot be read any more end the file as broken, not as whole.
  sheet.on('error', (error) => zip.outputStream.emit('error', error));
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  return zip.outputStream;
}

async function* sheetOf(rows: AsyncGenerator<string[][]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`);
  for await (const part of rows) yield Buffer.from(part.map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`).join(''));
  yield Buffer.from('</sheetData></worksheet>');
}

/** Without what XML 1.0 cannot hold. */
function escaped(text: string): string {
  return text.replaceAll(/\p{Cc}(?<![\t\n\r\u007F-\u009F])|[\uFFFE\uFFFF]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
