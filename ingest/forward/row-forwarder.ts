import { ROW_KINDS, type EmittedRow, type RowKind, type RowSink } from '../../telephony/rows.ts';
import type { AppendAnswer, MemoryBatch } from '../spool/door.ts';

/** The spool as the core's process sees it. */
export interface IngestPort { append(batch: MemoryBatch): Promise<AppendAnswer> }

export interface RowForwarderOptions {
  port: IngestPort;
  source: string;
  /** Unique for each run of the sender: the first part of its batches' names. */
  run: string;
  /** Rows wait at most this long for their batch. */
  flushMs?: number;
  batchBytes?: number;
  /** Rows in memory until they are acknowledged; beyond it rows are lost, counted and reported. */
  maximumBytes?: number;
  onTrouble?: (trouble: { message: string; lostRows: number }) => void;
}

export interface Backlog { rows: number; bytes: number; lostRows: number; /** 0..1 of the most that is kept. */ fill: number }

interface Batch { id: string; rows: number; ndjson: Uint8Array }
interface Lane { kind: RowKind; text: string; rows: number; queue: Batch[]; sending: boolean }

/**
 * Carries the core's rows to the spool in the order of their writing, kind by kind, and keeps each until
 * it is acknowledged: one batch of a kind is on its way at a time, and only that one is ever repeated.
 */
export class RowForwarder {
  readonly #options: Required<RowForwarderOptions>;
  readonly #lanes = new Map<RowKind, Lane>(ROW_KINDS.map((kind) => [kind, { kind, text: '', rows: 0, queue: [], sending: false }]));
  #batches = 0;
  #bytes = 0;
  #rows = 0;
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #waiters: { below: number; resolve: () => void }[] = [];
  readonly #closing = new AbortController();

  constructor(options: RowForwarderOptions) {
    this.#options = { flushMs: 200, batchBytes: 512 << 10, maximumBytes: 64 << 20, onTrouble: () => undefined, ...options };
  }

  /** For the core. Never throws and never blocks; who makes rows quicker than they can be written awaits {@link room}. */
  readonly sink: RowSink = (emitted: EmittedRow) => {
    const lane = this.#lanes.get(emitted.kind);
    if (!lane) return;
    if (this.#bytes >= this.#options.maximumBytes) {
      this.#lost += 1;
      if (this.#lost === 1 || this.#lost % 1000 === 0) this.#options.onTrouble({ message: 'rows are lost: the spool takes none and memory is full', lostRows: this.#lost });
      return;
    }
    // Putting the 52 columns together by hand was tried: within the noise of this.
    const line = `${JSON.stringify(emitted.row)}\n`;
    lane.text += line;
    lane.rows += 1;
    this.#rows += 1;
    this.#bytes += line.length;
    if (lane.text.length >= this.#options.batchBytes) this.#seal(lane);
    else this.#timer ??= setTimeout(() => { this.flush(); }, this.#options.flushMs);
  };

  get backlog(): Backlog {
    return { rows: this.#rows, bytes: this.#bytes, lostRows: this.#lost, fill: Math.min(1, this.#bytes / this.#options.maximumBytes) };
  }

  /** Resolves once less than a quarter of the memory is taken. */
  room(): Promise<void> {
    return this.#below(this.#options.maximumBytes / 4);
  }

  /** Resolves once every row is acknowledged. */
  drain(): Promise<void> {
    this.flush();
    return this.#below(1);
  }

  /** Sends what waits for its batch. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const lane of this.#lanes.values()) this.#seal(lane);
  }

  /** Sends no more; what is not acknowledged is given up. Call {@link drain} before. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #below(bytes: number): Promise<void> {
    if (this.#bytes < bytes) return Promise.resolve();
    return new Promise((resolve) => { this.#waiters.push({ below: bytes, resolve }); });
  }

  #seal(lane: Lane): void {
    if (lane.rows > 0) {
      this.#batches += 1;
      const ndjson = Buffer.from(lane.text);
      this.#bytes += ndjson.byteLength - lane.text.length;
      lane.queue.push({ id: `${this.#options.run}:${lane.kind}:${this.#batches}`, rows: lane.rows, ndjson });
      lane.text = '';
      lane.rows = 0;
    }
    if (!lane.sending && lane.queue.length > 0) void this.#send(lane);
  }

  async #send(lane: Lane): Promise<void> {
    lane.sending = true;
    let wait = 50;
    for (let batch = lane.queue[0]; batch && !this.#closing.signal.aborted; batch = lane.queue[0]) {
      const answer = await this.#append(lane.kind, batch);
      if (!answer.ok && 'retryAfterSeconds' in answer) {
        this.#options.onTrouble({ message: answer.message, lostRows: this.#lost });
        await this.#pause(wait);
        wait = Math.min(wait * 2, answer.retryAfterSeconds * 1000);
        continue;
      }
      lane.queue.shift();
      this.#acknowledged(batch, answer);
      wait = 50;
    }
    lane.sending = false;
  }

  async #append(kind: RowKind, { id, ndjson }: Batch): Promise<AppendAnswer> {
    try {
      return await this.#options.port.append({ source: this.#options.source, kind, batchId: id, ndjson, sequential: true });
    } catch (error) {
      return { ok: false, code: 'unavailable', message: `the spool does not answer: ${String(error)}`, retryAfterSeconds: 5 };
    }
  }

  #acknowledged(batch: Batch, answer: AppendAnswer): void {
    this.#bytes -= batch.ndjson.byteLength;
    this.#rows -= batch.rows;
    if (!answer.ok) {
      this.#lost += batch.rows;
      this.#options.onTrouble({ message: `batch ${batch.id}: ${answer.message}`, lostRows: this.#lost });
    }
    const reached = this.#waiters.filter(({ below }) => this.#bytes < below);
    this.#waiters = this.#waiters.filter((waiter) => !reached.includes(waiter));
    for (const { resolve } of reached) resolve();
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); signal.removeEventListener('abort', done); resolve(); };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}
