import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Range } from './file-bytes.ts';

const LOOK = 64 << 10;
const NEWLINE = 0x0a;

/** A file of lines in about so many equal parts, each of whole lines; an empty file is one empty part. */
export function lineRanges(file: string, parts: number): Range[] {
  const descriptor = openSync(file, 'r');
  try {
    const end = fstatSync(descriptor).size;
    const step = Math.ceil(end / parts);
    const ranges: Range[] = [];
    for (let from = 0; from < end;) {
      const to = afterNewline(descriptor, from + step, end);
      ranges.push({ from, to });
      from = to;
    }
    return ranges.length === 0 ? [{ from: 0, to: 0 }] : ranges;
  } finally {
    closeSync(descriptor);
  }
}

/** Where the next line begins at or after a place in a line. */
function afterNewline(descriptor: number, place: number, end: number): number {
  const buffer = Buffer.allocUnsafe(LOOK);
  for (let at = place - 1; at < end;) {
    const length = readSync(descriptor, buffer, 0, LOOK, at);
    if (length === 0) break;
    const found = buffer.subarray(0, length).indexOf(NEWLINE);
    if (found >= 0) return at + found + 1;
    at += length;
  }
  return end;
}
