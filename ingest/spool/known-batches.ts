import { join } from 'node:path';
import { BatchRegistry, type BatchRecord, type RegistryLimits } from './batch-registry.ts';
import type { AppendAnswer, BatchHead, BatchStatus, Receipt } from './door.ts';
import type { Frame } from './frame.ts';

/** A batch whose segment is not done. */
export interface Known { head: BatchHead; rows: number; digest: string; at: number; /** Rejects when the write failed. */ written: Promise<void> }

/**
 * Which batches a source has sent: those on their way in memory, those that are done in the registry.
 * A batch id belongs to the source, whatever the kind of its rows.
 */
export class KnownBatches {
  readonly #folder: string;
  readonly #limits: RegistryLimits;
  readonly #batchesOf: Readonly<Record<string, number>>;
  readonly #registries = new Map<string, Promise<BatchRegistry>>();
  readonly #open = new Map<string, Known>();
  /** Of senders that repeat only their last batch: that one, for each stream. */
  readonly #last = new Map<string, Known>();

  /** @param batchesOf another limit for a source. */
  constructor(folder: string, limits: RegistryLimits, batchesOf: Readonly<Record<string, number>> = {}) {
    this.#folder = folder;
    this.#limits = limits;
    this.#batchesOf = batchesOf;
  }

  /** Batches on their way. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Answers a batch that is known; else calls `begin`, in the same turn, and knows it from then on, so
   * that of two senders of one new id only one writes.
   */
  async take(batch: BatchHead & { rows: number; digest: string; sequential: boolean }, begin: () => Known | AppendAnswer): Promise<AppendAnswer> {
    const { source, batchId, sequential } = batch;
    const registry = await this.#registry(source);
    const record = !sequential && registry.has(batchId) ? await registry.read(batchId) : null;
    if (record) return answerRepeated({ head: { source, kind: record.kind, batchId }, rows: record.rows, digest: record.digest }, batch);
    for (;;) {
      const known = this.#find(batch, sequential);
      if (!known) break;
      if (await settled(known.written)) return answerRepeated(known, batch);
      // The first sending failed: this one takes its place, unless another already did.
      this.#drop(known, sequential);
    }
    const known = begin();
    if (!('written' in known)) return known;
    this.#keep(known, sequential);
    try {
      await known.written;
    } catch (error) {
      this.#drop(known, sequential);
      throw error;
    }
    return { ok: true, receipt: receiptOf(known), repeated: false };
  }

  /** A batch that an earlier run wrote. */
  restore(head: Omit<BatchHead, 'batchId'>, frame: Frame): void {
    this.#keep({ head: { ...head, batchId: frame.batch }, rows: frame.lines, digest: frame.digest, at: frame.at, written: Promise.resolve() }, frame.sequential);
  }

  async status(source: string, batchId: string): Promise<BatchStatus | null> {
    const known = this.#open.get(key(source, batchId));
    if (known && await settled(known.written))
      return { ...receiptOf(known), state: 'waiting', accepted: null, quarantined: null, receivedAt: iso(known.at), loadedAt: null, reason: '' };
    const record = await (await this.#registry(source)).read(batchId);
    return record && {
      batch: record.batch, source, kind: record.kind, rows: record.rows, digest: record.digest,
      state: record.accepted === null ? 'set-aside' : 'loaded', accepted: record.accepted, quarantined: record.quarantined,
      receivedAt: iso(record.at), loadedAt: iso(record.doneAt), reason: record.reason,
    };
  }

  /** Moves batches whose segment is done to the registry. */
  async done(source: string, records: BatchRecord[], nowMs: number): Promise<void> {
    if (records.length === 0) return;
    await (await this.#registry(source)).add(records, nowMs);
    for (const { batch } of records) this.#open.delete(key(source, batch));
  }

  async close(): Promise<void> {
    for (const registry of this.#registries.values()) await (await registry).close();
  }

  #registry(source: string): Promise<BatchRegistry> {
    let registry = this.#registries.get(source);
    if (!registry) {
      registry = BatchRegistry.open(join(this.#folder, source), { ...this.#limits, batches: this.#batchesOf[source] ?? this.#limits.batches });
      this.#registries.set(source, registry);
    }
    return registry;
  }

  #find({ source, kind, batchId }: BatchHead, sequential: boolean): Known | undefined {
    if (!sequential) return this.#open.get(key(source, batchId));
    const last = this.#last.get(key(source, kind));
    return last?.head.batchId === batchId ? last : undefined;
  }

  #keep(known: Known, sequential: boolean): void {
    const { source, kind, batchId } = known.head;
    if (sequential) this.#last.set(key(source, kind), known);
    else this.#open.set(key(source, batchId), known);
  }

  #drop(known: Known, sequential: boolean): void {
    if (this.#find(known.head, sequential) !== known) return;
    const { source, kind, batchId } = known.head;
    if (sequential) this.#last.delete(key(source, kind));
    else this.#open.delete(key(source, batchId));
  }
}

function answerRepeated(known: Pick<Known, 'head' | 'rows' | 'digest'>, batch: BatchHead & { digest: string }): AppendAnswer {
  if (known.digest !== batch.digest || known.head.kind !== batch.kind)
    return { ok: false, code: 'conflict', message: `batch "${batch.batchId}" was received before with other content (${known.head.kind}, ${known.rows} rows, sha256 ${known.digest})` };
  return { ok: true, receipt: receiptOf(known), repeated: true };
}

function receiptOf({ head, rows, digest }: Pick<Known, 'head' | 'rows' | 'digest'>): Receipt {
  return { batch: head.batchId, source: head.source, kind: head.kind, rows, digest };
}

/** No source, kind or batch id holds a blank. */
function key(source: string, name: string): string {
  return `${source} ${name}`;
}

function settled(written: Promise<void>): Promise<boolean> {
  return written.then(() => true, () => false);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
