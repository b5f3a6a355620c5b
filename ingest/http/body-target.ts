import { createHash, randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { HttpProblem } from './http-problem.ts';

export type ReceivedBody =
  | { in: 'memory'; ndjson: Buffer }
  | { in: 'file'; file: string; bytes: number; rows: number; crc: number; digest: string };

/** Collects a body's lines in memory and moves to a file of the spool's `incoming` folder when they become many. */
export class BodyTarget {
  readonly #memoryBytes: number;
  readonly #roomFor: () => Promise<{ incoming: string; bytes: number }>;
  #parts: Buffer[] = [];
  #bytes = 0;
  #file: { path: string; handle: FileHandle; room: number } | null = null;
  #rows = 0;
  #crc = 0;
  readonly #hash = createHash('sha256');

  constructor(memoryBytes: number, roomFor: () => Promise<{ incoming: string; bytes: number }>) {
    this.#memoryBytes = memoryBytes;
    this.#roomFor = roomFor;
  }

  async write(lines: Buffer): Promise<void> {
    if (lines.length === 0) return;
    this.#parts.push(lines);
    this.#bytes += lines.length;
    if (this.#file || this.#bytes > this.#memoryBytes) await onDisk(async () => this.#spill(this.#file ?? await this.#open()));
  }

  async finish(): Promise<ReceivedBody> {
    if (!this.#file) return { in: 'memory', ndjson: Buffer.concat(this.#parts) };
    const { path, handle } = this.#file;
    await onDisk(() => handle.datasync());
    await handle.close();
    return { in: 'file', file: path, bytes: this.#bytes, rows: this.#rows, crc: this.#crc, digest: this.#hash.digest('hex') };
  }

  async discard(): Promise<void> {
    if (!this.#file) return;
    await this.#file.handle.close().catch(() => undefined);
    await rm(this.#file.path, { force: true });
  }

  async #spill({ handle, room }: { handle: FileHandle; room: number }): Promise<void> {
    if (this.#bytes > room) throw full();
    const part = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#crc = crc32(part, this.#crc);
    this.#hash.update(part);
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) this.#rows += 1;
    await handle.writeFile(part);
  }

  async #open(): Promise<{ path: string; handle: FileHandle; room: number }> {
    const { incoming, bytes: room } = await this.#roomFor();
    if (this.#bytes > room) throw full();
    const path = join(incoming, randomUUID());
    this.#file = { path, handle: await open(path, 'wx'), room };
    return this.#file;
  }
}

const AGAIN = 'send the batch again later, with the same Batch-Id';

function full(): HttpProblem {
  return new HttpProblem(429, 'spool full', 'too many rows wait for the warehouse', AGAIN).retryAfter(5);
}

/** A disk that is full or read only is no fault of the program, and the sender may try again. */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(503, 'spool not writable', error instanceof Error ? error.message : String(error), AGAIN, error).retryAfter(10);
  }
}
