import type { RowKind } from '../../telephony/rows.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { join } from 'node:path';
import { streamId, type Spool } from './spool.ts';
import type { ClosedSegment } from './stream-writer.ts';

export interface LoaderOptions {
  spool: Spool;
  warehouse: Pick<Warehouse, 'load' | 'quarantinedLines'>;
  /** Loads at a time. An engine with one writer gains nothing from more than one. */
  concurrency?: number;
  /** Waits between tries grow from the first to the second. */
  firstRetryMs?: number; longestRetryMs?: number;
  /** Tries of a segment that fails for an unknown reason, before it is set aside. */
  tries?: number;
  /** Tenant of rows that name none, by source. */
  tenantOf?: (source: string) => string | undefined;
  onLoaded?: (loaded: { source: string; kind: RowKind; lines: number; quarantined: number; ms: number }) => void;
  onFailed?: (failed: { segment: string; error: unknown; setAside: boolean; retryInMs: number }) => void;
}

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
      concurrency: 1, firstRetryMs: 250, longestRetryMs: 30_000, tries: 5,
      onLoaded: () => undefined, onFailed: () => undefined, ...options,
    };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the loads that run. What is left waits on disk for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#options.spool.wake();
    await this.#running;
  }

  /** One segment of each stream at a time, so that a stream keeps its order and none waits for another's retries. */
  async #run(): Promise<void> {
    const carried = new Set<Promise<void>>();
    for (;;) {
      const segment = await this.#options.spool.next(this.#busy, this.#stopping.signal);
      if (!segment) break;
      const id = streamId(segment);
      this.#busy.add(id);
      const carrying = this.#carry(segment).finally(() => {
        this.#busy.delete(id);
        carried.delete(carrying);
        this.#options.spool.wake();
      });
      carried.add(carrying);
    }
    await Promise.all(carried);
  }

  /** Tries until the segment is loaded or set aside, or the loader stops. */
  async #carry(segment: ClosedSegment): Promise<void> {
    const { spool, firstRetryMs, longestRetryMs, tries, onFailed } = this.#options;
    let unknown = 0;
    for (let wait = firstRetryMs; !this.#stopping.signal.aborted; wait = Math.min(wait * 2, longestRetryMs)) {
      try {
        return await this.#inTurn(() => this.#load(segment));
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

  async #load(segment: ClosedSegment): Promise<void> {
    const { spool, warehouse, tenantOf, onLoaded } = this.#options;
    const { source, kind, folder, name, frames, lines } = segment;
    const begun = performance.now();
    const loadId = `spool/${source}/${kind}/${name}`;
    const tenant = tenantOf?.(source);
    const counts = await warehouse.load({ loadId, source, kind, mapping: kind, file: join(folder, `${name}.ndjson`), ...tenant === undefined ? {} : { tenant } });
    const quarantinedLines = counts.quarantined > 0 && frames.length > 1 ? await warehouse.quarantinedLines(loadId) : [];
    await spool.loaded(segment, { leftOut: counts.leftOut, quarantined: counts.quarantined, quarantinedLines });
    onLoaded({ source, kind, lines, quarantined: counts.quarantined, ms: performance.now() - begun });
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

/** Also of an error that crossed a thread and lost its class. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
