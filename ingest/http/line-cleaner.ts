import { isUtf8 } from 'node:buffer';

const LF = 10;
const CR = 13;
const EMPTY = Buffer.alloc(0);
/** What stays of a line that is too long. */
const KEPT_BYTES = 4096;

/**
 * Turns a body that arrives in chunks into whole lines that the engine's parser cannot misread, and
 * keeps line numbers true: carriage returns and empty lines go, and a line that is no JSON because of
 * its bytes or its length stays one line that is no JSON, so that it ends in quarantine, with its text
 * and its number, without its batch. Memory: one chunk and one line of at most `maximumLineBytes`.
 */
export class LineCleaner {
  readonly #maximumLineBytes: number;
  /** The line that has not ended yet, and how many of its bytes were dropped. */
  #rest: Buffer = EMPTY;
  #dropped = 0;

  constructor(maximumLineBytes: number) {
    this.#maximumLineBytes = maximumLineBytes;
  }

  /** The lines that the chunk completes, each with its newline. */
  push(chunk: Buffer): Buffer {
    const last = chunk.lastIndexOf(LF);
    if (last === -1) {
      this.#keep(chunk);
      return EMPTY;
    }
    let from = 0;
    let head: Buffer = EMPTY;
    if (this.#dropped > 0) {
      from = chunk.indexOf(LF) + 1;
      head = this.#cutLine(from - 1);
    }
    const whole = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk.subarray(from, last + 1)]) : chunk.subarray(from, last + 1);
    this.#rest = EMPTY;
    this.#keep(chunk.subarray(last + 1));
    const lines = this.#isPlain(whole) ? whole : this.#clean(whole);
    return head.length > 0 ? Buffer.concat([head, lines]) : lines;
  }

  /** The last line, where the body does not end with a newline. */
  end(): Buffer {
    if (this.#dropped > 0) return this.#cutLine(0);
    return this.#rest.length === 0 ? EMPTY : this.#clean(Buffer.concat([this.#rest, Buffer.of(LF)]));
  }

  #keep(part: Buffer): void {
    if (this.#dropped > 0) {
      this.#dropped += part.length;
      return;
    }
    const length = this.#rest.length + part.length;
    // Copied, so that a short rest does not hold the whole chunk.
    this.#rest = Buffer.concat([this.#rest, part]);
    // One more: it may be the carriage return of the line's end.
    if (length <= this.#maximumLineBytes + 1) return;
    this.#rest = Buffer.from(this.#rest.subarray(0, KEPT_BYTES));
    this.#dropped = length - this.#rest.length;
  }

  #cutLine(more: number): Buffer {
    const line = this.#tooLong(this.#rest, this.#rest.length + this.#dropped + more);
    this.#rest = EMPTY;
    this.#dropped = 0;
    return line;
  }

  #tooLong(kept: Buffer, bytes: number): Buffer {
    return spoiled(kept, `line of ${bytes} bytes was cut, the limit is ${this.#maximumLineBytes}`);
  }

  /** The usual case, found out at the speed of memory. */
  #isPlain(lines: Buffer): boolean {
    if (lines.includes(CR) || lines.includes(0) || lines.includes(1) || !isUtf8(lines)) return false;
    for (let from = 0; from < lines.length;) {
      const end = lines.indexOf(LF, from);
      if (end === from || end - from > this.#maximumLineBytes) return false;
      from = end + 1;
    }
    return true;
  }

  #clean(lines: Buffer): Buffer {
    const parts: Buffer[] = [];
    for (let from = 0; from < lines.length;) {
      const end = lines.indexOf(LF, from);
      parts.push(this.#cleanLine(lines.subarray(from, end)));
      from = end + 1;
    }
    return Buffer.concat(parts);
  }

  #cleanLine(line: Buffer): Buffer {
    const text = line.at(-1) === CR ? line.subarray(0, -1) : line;
    if (text.length > this.#maximumLineBytes) return this.#tooLong(line.subarray(0, KEPT_BYTES), line.length);
    if (text.length === 0) return EMPTY;
    if (!isUtf8(text)) return spoiled(text, 'line is not UTF-8');
    // No JSON text holds one of these bytes as it is; a parser could take it for the end of a line or a field.
    if (text.includes(0) || text.includes(1) || text.includes(CR)) return spoiled(text, 'line holds control characters');
    return Buffer.concat([text, Buffer.of(LF)]);
  }
}

/** The line as far as it can be shown, made no JSON by what follows it. */
function spoiled(line: Buffer, reason: string): Buffer {
  return Buffer.from(`${line.toString('utf8').replaceAll(/\p{Cc}/gu, '\ufffd')} <${reason}>\n`);
}
