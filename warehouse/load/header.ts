import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { LoadSource } from '../load-plan.ts';
import { WarehouseError } from '../warehouse.ts';

/**
 * The names in a delimited file's first line, and the delimiter that finds the required ones.
 * @throws WarehouseError `invalid-file` naming what was expected and what was found.
 */
export function readHeader(file: string, source: LoadSource & { format: 'delimited' }): { names: string[]; delimiter: string } {
  const line = firstLine(file, source.encoding);
  if (line.trim() === '') throw new WarehouseError('invalid-file', `${file} ${statSync(file).size === 0 ? 'is empty' : 'begins with an empty line'}: its first line must name the columns ${source.required.join(', ')}`);
  const tried = source.delimiters.map((delimiter) => {
    const names = split(line, delimiter, source.quote);
    return { delimiter, names, missing: source.required.filter((name) => !names.includes(name)) };
  });
  const fitting = tried.find(({ missing }) => missing.length === 0);
  if (fitting) return fitting;
  const nearest = tried.toSorted((a, b) => a.missing.length - b.missing.length || b.names.length - a.names.length)[0];
  throw missingColumns(file, nearest?.missing ?? source.required, nearest?.names ?? []);
}

/** Keys of the object in the first line of a file of JSON lines; none where it holds no object. */
export function firstKeys(file: string): string[] {
  try {
    const parsed: unknown = JSON.parse(firstLine(file, 'utf-8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.keys(parsed) : [];
  } catch {
    return [];
  }
}

/** A first line of more than 1 MB is cut. */
function firstLine(file: string, encoding: string): string {
  const descriptor = openSync(file, 'r');
  try {
    // Most first lines are short, and small files come often.
    let buffer = Buffer.allocUnsafe(16 << 10);
    let length = readSync(descriptor, buffer, 0, buffer.length, 0);
    if (length === buffer.length && !/[\r\n]/.test(buffer.toString('latin1'))) {
      buffer = Buffer.allocUnsafe(1 << 20);
      length = readSync(descriptor, buffer, 0, buffer.length, 0);
    }
    const label = { 'utf-8': 'utf-8', 'utf-16': 'utf-16le', 'latin-1': 'latin1' }[encoding] ?? 'utf-8';
    const text = new TextDecoder(label).decode(buffer.subarray(0, length));
    return text.split(/\r?\n|\r/, 1)[0] ?? '';
  } finally {
    closeSync(descriptor);
  }
}

function split(line: string, delimiter: string, quote: string): string[] {
  const names: string[] = [];
  let name = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote !== '' && character === quote) {
      if (quoted && line.charAt(at + 1) === quote) { name += quote; at += 1; } else quoted = !quoted;
    } else if (!quoted && line.startsWith(delimiter, at)) {
      names.push(name);
      name = '';
      at += delimiter.length - 1;
    } else name += character;
  }
  return [...names, name].map((text) => text.trim());
}

export function missingColumns(file: string, missing: string[], found: string[]): WarehouseError {
  return new WarehouseError('invalid-file', `${file} lacks the columns ${missing.join(', ')}; found: ${found.join(', ')}. Choose another mapping, or correct its delimiter or column names`);
}
