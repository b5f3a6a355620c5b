import type { RowKind } from '../../telephony/rows.ts';

/**
 * The spool as its senders see it. Plain data in and out, so that the same door serves in one thread
 * and across a worker. An answer `ok` means: the rows are on disk and will be loaded once.
 */
export interface SpoolDoor {
  /** A batch held in memory: lines of JSON, each ended by a newline. */
  append(batch: MemoryBatch): Promise<AppendAnswer>;
  /** A batch that its receiver wrote into the `incoming` folder; the spool takes the file over. */
  adopt(batch: FileBatch): Promise<AppendAnswer>;
  /** Where to write large bodies, and how many bytes the spool still takes. */
  room(): Promise<{ incoming: string; bytes: number }>;
  batch(source: string, batchId: string): Promise<BatchStatus | null>;
  status(): Promise<SpoolStatus>;
}

export interface BatchHead { source: string; kind: RowKind; batchId: string }
export interface MemoryBatch extends BatchHead {
  ndjson: Uint8Array;
  /** The sender sends one batch after the other and repeats only the last: only that one is remembered. */
  sequential?: boolean;
}
export interface FileBatch extends BatchHead { file: string; bytes: number; rows: number; crc: number; digest: string }

export type AppendAnswer =
  | { ok: true; receipt: Receipt; repeated: boolean }
  | { ok: false; code: 'full' | 'unavailable'; message: string; retryAfterSeconds: number }
  | { ok: false; code: 'conflict' | 'invalid'; message: string };

/** The same for a batch and its repetition. */
export interface Receipt { batch: string; source: string; kind: RowKind; rows: number; digest: string }

export interface BatchStatus extends Receipt {
  /** `waiting` for its load · `loaded` · `set-aside`: no load took its segment, see `reason`. */
  state: 'waiting' | 'loaded' | 'set-aside';
  /** Rows that the warehouse took (new, newer or already known) and rows in quarantine; null until loaded. */
  accepted: number | null;
  quarantined: number | null;
  receivedAt: string;
  loadedAt: string | null;
  reason: string;
}

export interface SpoolStatus {
  /** Waiting to be loaded. */
  bytes: number; segments: number; rows: number;
  maximumBytes: number;
  /** Age of the oldest row that is acknowledged and not loaded, milliseconds; 0 = none. */
  lagMs: number;
  setAside: number;
  /** Since the start. */
  acknowledgedRows: number; acknowledgedBatches: number; loadedRows: number; syncs: number;
  /** What the last write and the last load failed with; '' = it worked. */
  writeError: string; loadError: string;
}
