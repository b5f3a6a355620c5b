import { open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ROW_KINDS } from '../../telephony/rows.ts';
import { checkedLine, readCheckedLine } from './checked-lines.ts';
import { makeFolder, syncFolder } from './layout.ts';

/** What is remembered of a batch whose segment is done. */
export const batchRecordSchema = z.object({
  batch: z.string(), kind: z.enum(ROW_KINDS), rows: z.number().int(), digest: z.string(),
  /** Epoch milliseconds of the acknowledgement and of the end of the load. */
  at: z.number(), doneAt: z.number(),
  /** null: set aside, for `reason`. */
  accepted: z.number().int().nullable(), quarantined: z.number().int().nullable(),
  reason: z.string(),
});
export type BatchRecord = z.infer<typeof batchRecordSchema>;

export interface RegistryLimits {
  /** Records older than this are forgotten, file by file. */
  retentionMs: number;
  /** Most batches remembered; the oldest files go first. */
  batches: number;
}

interface Place { file: number; offset: number }
const FILE_BYTES = 4 << 20;
const RECORD_BYTES = 2048;

/**
 * The answers of one source's batches, in append-only files. Memory holds an id and a place in a file
 * for each; the record itself is read when somebody asks, which is rare.
 */
export class BatchRegistry {
  readonly #folder: string;
  readonly #limits: RegistryLimits;
  readonly #places = new Map<string, Place>();
  /** Files in order, with the time of their newest record. */
  readonly #files: { number: number; newestMs: number; batches: string[] }[] = [];
  #current: { handle: FileHandle; number: number; bytes: number } | null = null;

  private constructor(folder: string, limits: RegistryLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  static async open(folder: string, limits: RegistryLimits): Promise<BatchRegistry> {
    await makeFolder(folder);
    const registry = new BatchRegistry(folder, limits);
    const numbers = (await readdir(folder)).map((file) => /^(\d{9})\.log$/.exec(file)?.[1]).filter((text) => text !== undefined);
    for (const number of numbers.map(Number).sort((a, b) => a - b)) await registry.#read(number);
    return registry;
  }

  has(batch: string): boolean {
    return this.#places.has(batch);
  }

  get size(): number {
    return this.#places.size;
  }

  /** The record, null when it is unknown or forgotten meanwhile. */
  async read(batch: string): Promise<BatchRecord | null> {
    const place = this.#places.get(batch);
    if (!place) return null;
    const handle = await open(this.#path(place.file), 'r').catch(() => null);
    if (!handle) return null;
    try {
      const buffer = Buffer.allocUnsafe(RECORD_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, RECORD_BYTES, place.offset);
      const text = buffer.toString('utf8', 0, bytesRead);
      return batchRecordSchema.parse(readCheckedLine(text.slice(0, text.indexOf('\n'))));
    } finally {
      await handle.close();
    }
  }

  /** Remembers the batches durably; not to be called twice at a time. */
  async add(records: BatchRecord[], nowMs: number): Promise<void> {
    const current = this.#current ?? await this.#start();
    const lines = records.map(({ reason, ...record }) => checkedLine({ ...record, reason: reason.slice(0, 300) }));
    await current.handle.appendFile(lines.join(''));
    await current.handle.datasync();
    let offset = current.bytes;
    for (const [index, { batch, at }] of records.entries()) {
      this.#remember(batch, at, { file: current.number, offset });
      offset += Buffer.byteLength(lines[index] ?? '');
    }
    current.bytes = offset;
    if (offset >= FILE_BYTES) {
      await current.handle.close();
      this.#current = null;
    }
    await this.forget(nowMs);
  }

  /** Drops whole files that are over the limits. */
  async forget(nowMs: number): Promise<void> {
    for (;;) {
      const oldest = this.#files[0];
      if (!oldest || oldest.number === this.#current?.number) return;
      if (oldest.newestMs >= nowMs - this.#limits.retentionMs && this.#places.size <= this.#limits.batches) return;
      this.#files.shift();
      for (const batch of oldest.batches) if (this.#places.get(batch)?.file === oldest.number) this.#places.delete(batch);
      await rm(this.#path(oldest.number), { force: true });
    }
  }

  async close(): Promise<void> {
    await this.#current?.handle.close();
    this.#current = null;
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(9, '0')}.log`);
  }

  /** A run never writes on in an earlier run's file, whose end may be torn. */
  async #start(): Promise<{ handle: FileHandle; number: number; bytes: number }> {
    const number = (this.#files.at(-1)?.number ?? 0) + 1;
    const handle = await open(this.#path(number), 'wx');
    await syncFolder(this.#folder);
    this.#files.push({ number, newestMs: 0, batches: [] });
    this.#current = { handle, number, bytes: 0 };
    return this.#current;
  }

  #remember(batch: string, atMs: number, place: Place): void {
    this.#places.set(batch, place);
    const file = this.#files.at(-1);
    if (!file) return;
    file.batches.push(batch);
    file.newestMs = Math.max(file.newestMs, atMs);
  }

  async #read(number: number): Promise<void> {
    this.#files.push({ number, newestMs: 0, batches: [] });
    let offset = 0;
    for (const line of (await readFile(this.#path(number), 'utf8')).split('\n')) {
      const record = batchRecordSchema.safeParse(readCheckedLine(line));
      if (record.success) this.#remember(record.data.batch, record.data.at, { file: number, offset });
      offset += Buffer.byteLength(line) + 1;
    }
  }
}
