import { close, closeSync, open, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { Readable } from 'node:stream';

const PIECE = 4 << 20;
const BYTE_ORDER_MARK = Buffer.from('\u{FEFF}');
/** One that the stream holds, one that its reader is writing, one that is being read into, and one besides. */
const BUFFERS = 4;

const openFile = promisify(open);
const closeFile = promisify(close);

/** From the first byte to before the last, of a file. */
export interface Range { from: number; to: number }

/**
 * The bytes of a part of a file, for a reader that writes each piece on before it takes the next but one, as a pipeline does: a few
 * buffers go round. Fresh ones cost ten times the processor, most of it for pages and their collection.
 */
export function fileBytes(file: string, { from, to }: Range): Readable {
  const buffers = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(Math.max(1, Math.min(PIECE, to - from))));
  let descriptor: number | null = null;
  let at = from;
  let turn = 0;
  return new Readable({
    // One piece waits at most.
    highWaterMark: 1,
    construct(done) {
      openFile(file, 'r').then((opened) => { descriptor = opened; done(); }, (error: unknown) => { done(asError(error)); });
    },
    read() {
      const buffer = buffers[turn++ % BUFFERS];
      if (descriptor === null || buffer === undefined || at >= to) { this.push(null); return; }
      read(descriptor, buffer, 0, Math.min(buffer.length, to - at), at, (error, length) => {
        if (error) { this.destroy(error); return; }
        // The server was told how many bytes come.
        if (length === 0) { this.destroy(new Error(`${file} became shorter while it was sent`)); return; }
        at += length;
        this.push(buffer.subarray(0, length));
      });
    },
    destroy(error, done) {
      if (descriptor === null) { done(error); return; }
      closeFile(descriptor).then(() => { done(error); }, (failed: unknown) => { done(error ?? asError(failed)); });
    },
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** A range without the byte order mark that some programs put before UTF-8. */
export function withoutMark(file: string, range: Range): Range {
  if (range.from > 0 || range.to < BYTE_ORDER_MARK.length) return range;
  const descriptor = openSync(file, 'r');
  try {
    const begins = Buffer.alloc(BYTE_ORDER_MARK.length);
    readSync(descriptor, begins, 0, begins.length, 0);
    return begins.equals(BYTE_ORDER_MARK) ? { ...range, from: begins.length } : range;
  } finally {
    closeSync(descriptor);
  }
}
