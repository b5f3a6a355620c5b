import type { RowKind } from '../../telephony/rows.ts';
import { segmentNumber } from './layout.ts';
import type { ClosedSegment } from './stream-writer.ts';

/** Closed segments on their way to the warehouse: each stream in its order, the streams beside each other. */
export class SegmentQueue {
  readonly #streams = new Map<string, ClosedSegment[]>();
  #wake: () => void = () => undefined;
  #closed = false;

  push(segment: ClosedSegment): void {
    this.of(segment).push(segment);
    this.wake();
  }

  remove(segment: ClosedSegment): void {
    const waiting = this.of(segment);
    const index = waiting.indexOf(segment);
    if (index !== -1) waiting.splice(index, 1);
  }

  /** The segments of a stream that wait, in order; the first may be with the loader. */
  of(stream: { source: string; kind: RowKind }): ClosedSegment[] {
    const id = streamId(stream);
    const waiting = this.#streams.get(id) ?? [];
    this.#streams.set(id, waiting);
    return waiting;
  }

  all(): ClosedSegment[] {
    return [...this.#streams.values()].flat();
  }

  /**
   * The segment that has waited longest among the streams that `busy` does not name, null when the queue
   * is closed or the signal aborts (then {@link wake}). One caller at a time.
   */
  async next(busy: ReadonlySet<string>, signal: AbortSignal): Promise<ClosedSegment | null> {
    for (;;) {
      if (this.#closed || signal.aborted) return null;
      const first = [...this.#streams].filter(([id]) => !busy.has(id)).flatMap(([, waiting]) => waiting.slice(0, 1))
        .sort((a, b) => segmentNumber(a.name) - segmentNumber(b.name))[0];
      if (first) return first;
      await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }

  /** The segment and those of its stream that wait behind it, in order, as far as they are to be loaded together. */
  together(first: ClosedSegment, limits: { segments: number; bytes: number }): ClosedSegment[] {
    const waiting = this.of(first);
    const all = waiting.slice(waiting.indexOf(first), waiting.indexOf(first) + limits.segments);
    let bytes = 0;
    const end = all.findIndex(({ totalBytes }) => (bytes += totalBytes) > limits.bytes);
    return end === -1 ? all : all.slice(0, Math.max(1, end));
  }

  /** Lets a waiting {@link next} look again. */
  wake(): void {
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }
}

export function streamId({ source, kind }: { source: string; kind: RowKind }): string {
  return `${source}/${kind}`;
}
