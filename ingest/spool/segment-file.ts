import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { checkedLine } from './checked-lines.ts';
import type { Frame } from './frame.ts';
import { syncFolder } from './layout.ts';

/** A batch on its way into a segment. */
export type NewFrame = Pick<Frame, 'batch' | 'lines' | 'crc' | 'digest' | 'at' | 'sequential'> & { data: Uint8Array };

/** The segment that a stream writes to. What {@link append} resolved is on disk, with its name. */
export class SegmentFile {
  readonly name: string;
  readonly frames: Frame[] = [];
  /** Bytes of rows, and of rows and frames together. */
  bytes = 0;
  lines = 0;
  totalBytes = 0;
  readonly #rows: FileHandle;
  readonly #sum: FileHandle;

  private constructor(name: string, rows: FileHandle, sum: FileHandle) {
    this.name = name;
    this.#rows = rows;
    this.#sum = sum;
  }

  static async create(folder: string, name: string): Promise<SegmentFile> {
    const sum = await open(join(folder, `${name}.sum`), 'wx');
    const rows = await open(join(folder, `${name}.ndjson`), 'wx');
    await syncFolder(folder);
    return new SegmentFile(name, rows, sum);
  }

  /**
   * Writes the batches one after the other and syncs once for all. The order of the two files does not
   * matter: a frame counts only together with bytes of its checksum.
   * @throws the file system's error; the segment must then be cut back and closed, never written again
   * (after a failed sync the kernel may have dropped the pages).
   */
  async append(batches: NewFrame[]): Promise<void> {
    const frames: Frame[] = [];
    let { bytes, lines } = this;
    for (const { data, ...head } of batches) {
      frames.push({ ...head, offset: bytes, bytes: data.byteLength, line: lines + 1 });
      bytes += data.byteLength;
      lines += head.lines;
    }
    const sum = Buffer.from(frames.map(checkedLine).join(''));
    await Promise.all([
      writeAll(this.#rows, batches.map(({ data }) => data), this.bytes).then(() => this.#rows.datasync()),
      writeAll(this.#sum, [sum], this.totalBytes - this.bytes).then(() => this.#sum.datasync()),
    ]);
    this.totalBytes += bytes - this.bytes + sum.byteLength;
    this.bytes = bytes;
    this.lines = lines;
    for (const frame of frames) this.frames.push(frame);
  }

  async close(): Promise<void> {
    await Promise.all([this.#rows.close(), this.#sum.close()]);
  }

  /** After a failed append: takes off what was not acknowledged. */
  async cutBack(): Promise<void> {
    await this.#rows.truncate(this.bytes);
    await this.#sum.truncate(this.totalBytes - this.bytes);
    await Promise.all([this.#rows.datasync(), this.#sum.datasync()]);
  }
}

async function writeAll(handle: FileHandle, parts: Uint8Array[], position: number): Promise<void> {
  const total = parts.reduce((sum, part) => sum + part.byteLength, 0);
  let { bytesWritten } = await handle.writev(parts, position);
  if (bytesWritten === total) return;
  const whole = Buffer.concat(parts);
  while (bytesWritten < total) {
    const more = await handle.write(whole, bytesWritten, total - bytesWritten, position + bytesWritten);
    if (more.bytesWritten === 0) throw new Error('the file system takes no more bytes');
    bytesWritten += more.bytesWritten;
  }
}
