import type { RowKind } from '../../telephony/rows.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { join } from 'node:path';
import { streamId } from './segment-queue.ts';
import type { Spool } from './spool.ts';
import type { ClosedSegment } from './stream-writer.ts';

export interface LoaderOptions {
  spool: Spool;
  warehouse: Pick<Warehouse, 'loadTogether' | 'quarantinedLines'>;
  /** Loads at a time. An engine with one writer gains nothing from more than one. */
  concurrency?: number;
  /** A stream of few rows is loaded at most once in this time: a load of ten rows costs nearly as much as one of a thousand. 0 = at once. */
  gatherMs?: number;
  /** Waits between tries grow from the first to the second. */
  firstRetryMs?: number; longestRetryMs?: number;
  /** Tries of a segment that fails for an unknown reason, before it is set aside. */
  tries?: number;
  /** Tenant of rows that name none, by source. */
  tenantOf?: (source: string) => string | undefined;
  /** Whether a source sends no legs: one is derived from each of its queued calls. */
  derivesLegs?: (source: string) => boolean;
  onLoaded?: (loaded: { source: string; kind: RowKind; lines: number; quarantined: number; ms: number }) => void;
  onFailed?: (failed: { segment: string; error: unknown; setAside: boolean; retryInMs: number }) => void;
}

/** Few: a stream that brings more in one load is carried on at once. */
const FEW_LINES = 50;
/** Waiting segments of a stream that share one transaction: enough rows that the engine writes them at once, not first to its log. */
const TOGETHER = { segments: 32, bytes: 256 << 20 };

/** Errors that say something of the segment; all others speak of the warehouse, or are unknown. */
const OF_THE_SEGMENT = new Set(['invalid-file', 'invalid-mapping']);
const OF_THE_WAREHOUSE = new Set(['unavailable', 'timeout', 'cancelled']);

/**
 * Carries closed segments into the warehouse, each stream in its order. The warehouse remembers the
 * segment's name in the transaction that takes its rows: a segment that was loaded but not yet removed
 * when the process died is answered from that memory.
 */
export class Loader {
  readonly #options: Required<Omit<LoaderOptions, 'tenantOf'>> & Pick<LoaderOptions, 'tenantOf'>;
  readonly #busy = new Set<string>();
  readonly #stopping = new AbortController();
  /** Streams whose turn it is not yet; a stream that waits for its next try holds no place. */
  readonly #queue: (() => void)[] = [];
  #loading = 0;
  #running: Promise<void> | null = null;

  constructor(options: LoaderOptions) {
    this.#options = {
      concurrency: 1, gatherMs: 0, derivesLegs: () => false, firstRetryMs: 250, longestRetryMs: 30_000, tries: 5,
      onLoaded: () => undefined, onFailed: () => undefined, ...options,
    };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the loads that run. What is left waits on disk for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#options.spool.queue.wake();
    await this.#running;
  }

  /** One load of each stream at a time, so that a stream keeps its order and none waits for another's retries. */
  async #run(): Promise<void> {
    const carried = new Set<Promise<void>>();
    for (;;) {
      const segment = await this.#options.spool.queue.next(this.#busy, this.#stopping.signal);
      if (!segment) break;
      const id = streamId(segment);
      this.#busy.add(id);
      const carrying = this.#carryStream(segment).finally(() => {
        this.#busy.delete(id);
        carried.delete(carrying);
        this.#options.spool.queue.wake();
      });
      carried.add(carrying);
    }
    await Promise.all(carried);
  }

  /** The segments that wait together; where that fails, each for itself, so that the good ones do not share the bad one's fate. */
  async #carryStream(first: ClosedSegment): Promise<void> {
    const begun = performance.now();
    const segments = this.#options.spool.queue.together(first, TOGETHER);
    const loaded = segments.length > 1 && await this.#inTurn(() => this.#load(segments)).then(() => true, () => false);
    if (!loaded) for (const segment of segments) await this.#carry(segment);
    const rest = this.#options.gatherMs - (performance.now() - begun);
    if (rest > 0 && segments.reduce((sum, { lines }) => sum + lines, 0) < FEW_LINES) await this.#pause(rest);
  }

  /** Tries until the segment is loaded or set aside, or the loader stops. */
  async #carry(segment: ClosedSegment): Promise<void> {
    const { spool, firstRetryMs, longestRetryMs, tries, onFailed } = this.#options;
    let unknown = 0;
    for (let wait = firstRetryMs; !this.#stopping.signal.aborted; wait = Math.min(wait * 2, longestRetryMs)) {
      try {
        return await this.#inTurn(() => this.#load([segment]));
      } catch (error) {
        const code = codeOf(error);
        if (!OF_THE_WAREHOUSE.has(code)) unknown += 1;
        const setAside = OF_THE_SEGMENT.has(code) || unknown >= tries;
        const message = error instanceof Error ? error.message : String(error);
        onFailed({ segment: `${streamId(segment)}/${segment.name}`, error, setAside, retryInMs: setAside ? 0 : wait });
        spool.report(message);
        if (setAside) return spool.refuse(segment, message);
        await this.#pause(wait);
      }
    }
  }

  async #inTurn(load: () => Promise<void>): Promise<void> {
    if (this.#loading >= this.#options.concurrency) await new Promise<void>((resolve) => { this.#queue.push(resolve); });
    else this.#loading += 1;
    try {
      await load();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#loading -= 1;
    }
  }

  async #load(segments: ClosedSegment[]): Promise<void> {
    const { spool, warehouse, tenantOf, derivesLegs, onLoaded } = this.#options;
    const begun = performance.now();
    const all = await warehouse.loadTogether(segments.map(({ source, kind, folder, name }) => {
      const tenant = tenantOf?.(source);
      return { loadId: loadIdOf({ source, kind, name }), source, kind, mapping: kind, file: join(folder, `${name}.ndjson`), deriveLegs: derivesLegs(source), ...tenant === undefined ? {} : { tenant } };
    }));
    const ms = performance.now() - begun;
    for (const [index, segment] of segments.entries()) {
      const counts = all[index];
      if (counts === undefined) throw new Error(`the warehouse gave no counts of ${segment.name}`);
      const { source, kind, frames, lines } = segment;
      const quarantinedLines = counts.quarantined > 0 && frames.length > 1 ? await warehouse.quarantinedLines(loadIdOf(segment)) : [];
      await spool.loaded(segment, { leftOut: counts.leftOut, quarantined: counts.quarantined, quarantinedLines });
      onLoaded({ source, kind, lines, quarantined: counts.quarantined, ms: ms / segments.length });
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      if (signal.aborted) { resolve(); return; }
      const done = () => { clearTimeout(timer); signal.removeEventListener('abort', done); resolve(); };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}

/** The warehouse remembers it with the rows. */
function loadIdOf({ source, kind, name }: Pick<ClosedSegment, 'source' | 'kind' | 'name'>): string {
  return `spool/${source}/${kind}/${name}`;
}

/** Also of an error that crossed a thread and lost its class. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
