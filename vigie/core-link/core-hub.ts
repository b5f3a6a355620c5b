import type { LivePort } from '../../api/ports.ts';
import { applyLiveChange, type LiveEvent, type LiveState } from '../../telephony/live.ts';

/** The core's events for many readers in other processes: folded once, written out once. */
export interface CoreHub {
  /** Gives the snapshot at once, then each change, as lines of JSON. Returns how to stop. */
  subscribe(send: (line: string) => void): () => void;
  close(): void;
}

/** @param port events of a core in this process, which lives as long as this. */
export function openCoreHub(port: Pick<LivePort, 'subscribe'>): CoreHub {
  const readers = new Set<(line: string) => void>();
  let state: LiveState | null = null;
  const take = (event: LiveEvent): void => {
    state = event.kind === 'snapshot' ? event.state : state && applyLiveChange(state, event.change);
    if (readers.size === 0) return;
    const line = lineOf(event);
    for (const send of readers) send(line);
  };
  const leave = port.subscribe(take);
  return {
    subscribe(send) {
      readers.add(send);
      // Before the core's own snapshot has come, that one is the first.
      if (state) send(lineOf({ kind: 'snapshot', state }));
      return () => readers.delete(send);
    },
    close() {
      readers.clear();
      leave();
    },
  };
}

function lineOf(event: LiveEvent): string {
  return `${JSON.stringify(event)}\n`;
}
