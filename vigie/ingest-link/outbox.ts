import { setTimeout as pause } from 'node:timers/promises';
import type { AppendAnswer, MemoryBatch } from '../../ingest/spool/door.ts';
import { Loader } from '../../ingest/spool/loader.ts';
import { openSpool } from '../../ingest/spool/spool.ts';
import type { Place } from '../internal/calls.ts';
import { postSegment } from './post-segment.ts';

export interface OutboxOptions {
  folder: string;
  /** Beyond it the outbox takes no more. */
  maximumBytes: number;
  /** Where ingest is; looked for at each try. @throws where it is not known. */
  place: () => Place;
  onFailed: (failed: { segment: string; error: unknown; setAside: boolean; retryInMs: number }) => void;
}

/** Rows on their way to ingest in another process. What is acknowledged is on this machine's disk and gets there once. */
export interface Outbox {
  append(batch: MemoryBatch): Promise<AppendAnswer>;
  /** Segments that ingest has not acknowledged, open ones too. */
  waiting(): Promise<number>;
  /** Ends; what is not sent in that time waits on disk for the next start. */
  close(patienceMs: number): Promise<void>;
}

/** Short: it comes on top of the time that a row takes to the board. */
const SEGMENT_MS = 200;
const SEGMENT_BYTES = 4 << 20;
const STREAMS = 3;

/** A spool whose segments are loaded into another spool: the name of a segment is the batch's id over there. */
export async function openOutbox({ folder, maximumBytes, place, onFailed }: OutboxOptions): Promise<Outbox> {
  const spool = await openSpool({ folder, maximumBytes, segmentMs: SEGMENT_MS, segmentBytes: SEGMENT_BYTES });
  const loader = new Loader({
    spool, onFailed, concurrency: STREAMS, longestRetryMs: 5000,
    warehouse: {
      async loadTogether(jobs) {
        const counts = [];
        for (const job of jobs) counts.push(await postSegment(place(), job));
        return counts;
      },
      quarantinedLines: () => Promise.resolve([]),
    },
  });
  loader.start();
  const waiting = async (): Promise<number> => {
    await spool.flush();
    return (await spool.status()).segments;
  };
  return {
    append: (batch) => spool.append(batch),
    waiting,
    async close(patienceMs) {
      for (const deadline = Date.now() + patienceMs; await waiting() > 0 && Date.now() < deadline;) await pause(20);
      await loader.stop();
      await spool.close();
    },
  };
}
