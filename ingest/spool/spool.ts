import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { RowKind } from '../../telephony/rows.ts';
import { checkHead, countLines } from './check-batch.ts';
import { countBatches, type BatchCounts, type SegmentOutcome } from './count-batches.ts';
import type { AppendAnswer, BatchHead, BatchStatus, FileBatch, MemoryBatch, SpoolDoor, SpoolStatus } from './door.ts';
import { KnownBatches } from './known-batches.ts';
import { layoutOf, listSegments, makeFolder, segmentNumber, SOURCE_PATTERN, type Layout } from './layout.ts';
import { putBack } from './put-back.ts';
import { ignoreMissing, setSegmentAside } from './recover-segment.ts';
import { recoverSpool, removeSegment } from './recover-spool.ts';
import { SegmentQueue, streamId } from './segment-queue.ts';
import { StreamWriter, type ClosedSegment } from './stream-writer.ts';

export interface SpoolOptions {
  folder: string;
  /** A segment is closed at this size or age. */
  segmentBytes?: number; segmentMs?: number;
  /** What may wait for the warehouse on disk, and as batch ids in memory; beyond it the spool is full. */
  maximumBytes?: number; maximumWaitingBatches?: number;
  /** What may wait for the disk, in memory. */
  maximumUnwrittenBytes?: number;
  /** Answers of batches are remembered this long, and at most so many for each source. */
  retentionMs?: number; rememberedBatches?: number;
  /** Another number for a source: one that repeats only its newest batches needs few. */
  rememberedOf?: Readonly<Record<string, number>>;
  /** Loaded segments are kept this long; 0 = deleted at once. */
  keepLoadedMs?: number;
}

const DEFAULTS = {
  segmentBytes: 8 << 20, segmentMs: 500, maximumBytes: 4 * 2 ** 30, maximumWaitingBatches: 500_000, maximumUnwrittenBytes: 64 << 20,
  retentionMs: 7 * 86_400_000, rememberedBatches: 500_000, rememberedOf: {} as Readonly<Record<string, number>>, keepLoadedMs: 0,
};

/** Opens the spool and brings what an earlier run left into order; its segments are the first in its queue. */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const layout = layoutOf(options.folder);
  for (const folder of [layout.streams, layout.batches, layout.setAside, layout.loaded]) await makeFolder(folder);
  await rm(layout.incoming, { recursive: true, force: true });
  await mkdir(layout.incoming);
  const spool = new Spool(layout, { ...DEFAULTS, ...options });
  await spool.recover();
  return spool;
}

/** Everything becomes a file first: acknowledged means synced to disk, here. */
export class Spool implements SpoolDoor {
  /** What recovery found damaged. */
  damages: string[] = [];
  /** What waits for the warehouse. */
  readonly queue = new SegmentQueue();
  readonly #layout: Layout;
  readonly #limits: typeof DEFAULTS;
  readonly #known: KnownBatches;
  readonly #opening = new Map<string, Promise<StreamWriter>>();
  readonly #writers = new Map<string, StreamWriter>();
  #bytes = 0;
  #unwritten = 0;
  #setAside = 0;
  #totals = { acknowledgedRows: 0, acknowledgedBatches: 0, loadedRows: 0, syncs: 0 };
  #writeError = '';
  #loadError = '';

  constructor(layout: Layout, limits: typeof DEFAULTS) {
    this.#layout = layout;
    this.#limits = limits;
    this.#known = new KnownBatches(layout.batches, { retentionMs: limits.retentionMs, batches: limits.rememberedBatches }, limits.rememberedOf);
  }

  async append({ ndjson: data, sequential = false, ...head }: MemoryBatch): Promise<AppendAnswer> {
    const lines = countLines(data);
    if (lines === 0 || data.at(-1) !== 10) return { ok: false, code: 'invalid', message: 'a batch is one or more lines, each ended by a newline' };
    const digest = createHash('sha256').update(data).digest('hex');
    const about = { lines, crc: crc32(data), digest, sequential };
    return this.#take(head, { ...about, bytes: data.byteLength, inMemory: data.byteLength }, (writer, at) => writer.append({ ...about, batch: head.batchId, at, data }));
  }

  async adopt({ file, bytes, rows: lines, crc, digest, ...head }: FileBatch): Promise<AppendAnswer> {
    const about = { lines, crc, digest, sequential: false, bytes };
    const answer = await this.#take(head, { ...about, inMemory: 0 }, (writer, at) => writer.adopt(file, { ...about, batch: head.batchId, at }));
    if (!answer.ok || answer.repeated) await rm(file, { force: true });
    return answer;
  }

  async room(): Promise<{ incoming: string; bytes: number }> {
    const full = this.#known.size >= this.#limits.maximumWaitingBatches || this.#unwritten >= this.#limits.maximumUnwrittenBytes;
    return { incoming: this.#layout.incoming, bytes: full ? 0 : Math.max(0, this.#limits.maximumBytes - this.#bytes) };
  }

  async batch(source: string, batchId: string): Promise<BatchStatus | null> {
    return SOURCE_PATTERN.test(source) ? this.#known.status(source, batchId) : null;
  }

  async status(): Promise<SpoolStatus> {
    const closed = this.queue.all();
    const writers = [...this.#writers.values()];
    const oldest = Math.min(...closed.map(({ frames }) => frames[0]?.at ?? Infinity), ...writers.map(({ oldestMs }) => oldestMs ?? Infinity));
    return {
      bytes: this.#bytes, maximumBytes: this.#limits.maximumBytes, segments: closed.length,
      rows: closed.reduce((sum, { lines }) => sum + lines, 0) + writers.reduce((sum, { openLines }) => sum + openLines, 0),
      lagMs: oldest === Infinity ? 0 : Math.max(0, Date.now() - oldest),
      setAside: this.#setAside, ...this.#totals, writeError: this.#writeError, loadError: this.#loadError,
    };
  }

  /** Remembers the counts of the segment's batches, then removes it. */
  async loaded(segment: ClosedSegment, outcome: SegmentOutcome): Promise<void> {
    await this.#remember(segment, countBatches(segment.frames, outcome), '');
    const { folder, name } = segment;
    if (this.#limits.keepLoadedMs > 0) await rename(join(folder, `${name}.ndjson`), join(this.#layout.loaded, `${name}.ndjson`)).catch(ignoreMissing);
    await removeSegment(folder, name);
    await this.#forgetLoaded();
    this.#totals.loadedRows += segment.lines;
    this.#loadError = '';
    this.#done(segment);
  }

  /** Moves a segment away that no load will ever take; it is never deleted. */
  async refuse(segment: ClosedSegment, reason: string): Promise<void> {
    await this.#remember(segment, null, reason);
    const { source, kind, folder, name, lines } = segment;
    await setSegmentAside(folder, name, this.#layout.setAside, { source, kind, reason, lines, batches: segment.frames.length, at: new Date().toISOString() });
    this.#setAside += 1;
    this.#done(segment);
  }

  /** Shown by {@link status} until a load works. */
  report(error: string): void {
    this.#loadError = error;
  }

  /** Closes the open segments, so that everything acknowledged can be loaded. */
  async flush(): Promise<void> {
    for (const writer of this.#opening.values()) await (await writer).flush();
  }

  async close(): Promise<void> {
    await this.flush();
    this.queue.close();
    await this.#known.close();
  }

  /** Called once, by {@link openSpool}. */
  async recover(): Promise<void> {
    const left = await putBack(this.#layout);
    this.damages = await recoverSpool(this.#layout, {
      requeue: async (head, name, frames, totalBytes) => {
        for (const frame of frames) this.#known.restore(head, frame);
        this.#bytes += totalBytes;
        this.queue.push({ ...head, folder: this.#folder(head), name, totalBytes, lines: frames.reduce((sum, { lines }) => sum + lines, 0), frames });
      },
      appendAgain: async (head, { batch, lines, crc, digest, sequential, at }, data) => {
        const writer = await this.#writer(head.source, head.kind);
        this.#bytes += data.byteLength;
        await writer.append({ batch, lines, crc, digest, sequential, at, data });
        this.#known.restore(head, { batch, lines, crc, digest, sequential, at, offset: 0, bytes: data.byteLength, line: 1 });
      },
    });
    this.damages.push(...left);
    this.#setAside = (await readdir(this.#layout.setAside)).filter((file) => file.endsWith('.json')).length;
  }

  async #take(head: BatchHead, batch: { lines: number; digest: string; bytes: number; inMemory: number; sequential: boolean }, write: (writer: StreamWriter, at: number) => Promise<void>): Promise<AppendAnswer> {
    const wrong = checkHead(head);
    if (wrong !== '') return { ok: false, code: 'invalid', message: wrong };
    let reserved = 0;
    try {
      const writer = await this.#writer(head.source, head.kind);
      const answer = await this.#known.take({ ...head, rows: batch.lines, digest: batch.digest, sequential: batch.sequential }, () => {
        const full = this.#whyFull(batch);
        if (full !== '') return { ok: false, code: 'full', message: full, retryAfterSeconds: 5 };
        this.#bytes += batch.bytes;
        this.#unwritten += batch.inMemory;
        reserved = batch.bytes;
        const at = Date.now();
        const written = write(writer, at).finally(() => { this.#unwritten -= batch.inMemory; });
        return { head, rows: batch.lines, digest: batch.digest, at, written };
      });
      if (reserved > 0) {
        this.#totals.acknowledgedRows += batch.lines;
        this.#totals.acknowledgedBatches += 1;
        this.#writeError = '';
      }
      return answer;
    } catch (error) {
      this.#bytes -= reserved;
      this.#writeError = error instanceof Error ? error.message : String(error);
      return { ok: false, code: 'unavailable', message: `the spool cannot write: ${this.#writeError}`, retryAfterSeconds: 10 };
    }
  }

  #whyFull(batch: { bytes: number; inMemory: number }): string {
    const { maximumBytes, maximumWaitingBatches, maximumUnwrittenBytes } = this.#limits;
    if (this.#bytes + batch.bytes > maximumBytes) return `${this.#bytes} of ${maximumBytes} bytes wait for the warehouse`;
    if (this.#known.size >= maximumWaitingBatches) return `${this.#known.size} batches wait for the warehouse`;
    if (this.#unwritten + batch.inMemory > maximumUnwrittenBytes) return `${this.#unwritten} bytes wait for the disk`;
    return '';
  }

  #folder({ source, kind }: { source: string; kind: RowKind }): string {
    return join(this.#layout.streams, source, kind);
  }

  #writer(source: string, kind: RowKind): Promise<StreamWriter> {
    const id = streamId({ source, kind });
    let writer = this.#opening.get(id);
    if (!writer) {
      writer = this.#openWriter(source, kind);
      this.#opening.set(id, writer);
      // A folder that could not be made is tried again by the next batch.
      writer.catch(() => this.#opening.delete(id));
    }
    return writer;
  }

  async #openWriter(source: string, kind: RowKind): Promise<StreamWriter> {
    const folder = this.#folder({ source, kind });
    await makeFolder(folder);
    const last = (await listSegments(folder)).at(-1);
    const writer = new StreamWriter({
      source, kind, folder, lastNumber: last === undefined ? 0 : segmentNumber(last),
      segmentBytes: this.#limits.segmentBytes, segmentMs: this.#limits.segmentMs,
      mayRoll: () => this.queue.of({ source, kind }).length < 2,
      onSync: () => { this.#totals.syncs += 1; },
      onClosed: (segment) => {
        this.#bytes += segment.totalBytes - segment.frames.reduce((sum, { bytes }) => sum + bytes, 0);
        this.queue.push(segment);
      },
    });
    this.#writers.set(streamId({ source, kind }), writer);
    return writer;
  }

  async #remember(segment: ClosedSegment, counts: BatchCounts[] | null, reason: string): Promise<void> {
    const doneAt = Date.now();
    const records = segment.frames.flatMap(({ batch, lines, digest, at, sequential }, index) => sequential ? [] : [{
      batch, kind: segment.kind, rows: lines, digest, at, doneAt, reason,
      accepted: counts?.[index]?.accepted ?? null, quarantined: counts?.[index]?.quarantined ?? null,
    }]);
    await this.#known.done(segment.source, records, doneAt);
  }

  #done(segment: ClosedSegment): void {
    this.#bytes -= segment.totalBytes;
    this.queue.remove(segment);
    this.#writers.get(streamId(segment))?.nudge();
  }

  async #forgetLoaded(): Promise<void> {
    const now = Date.now();
    for (const file of await readdir(this.#layout.loaded)) {
      const path = join(this.#layout.loaded, file);
      if ((await stat(path)).mtimeMs < now - this.#limits.keepLoadedMs) await rm(path, { force: true });
    }
  }
}
