import { crc32 } from 'node:zlib';

/**
 * A line of JSON behind its own CRC-32: `1c291ca3 {"a":1}`. Files made of such lines can be cut or
 * damaged anywhere and still tell which of their lines are whole.
 */
export function checkedLine(value: object): string {
  const text = JSON.stringify(value);
  return `${checksum(text)} ${text}\n`;
}

/** The line's value, undefined when it is damaged or not whole. `line` is without its newline. */
export function readCheckedLine(line: string): unknown {
  const text = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
