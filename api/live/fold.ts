import type { Logger } from 'pino';
import { applyLiveChange, type LiveEvent, type LiveState } from '../../telephony/live.ts';
import type { LivePort } from '../ports.ts';

/** The core's state, folded once for everybody. */
export interface LiveFold {
  /** Null until the first snapshot. After a break it is the last state known. */
  state(): LiveState | null;
  connected(): boolean;
  /** Called after each event, and when the connection comes or goes. */
  onChange(listener: () => void): () => void;
  close(): void;
}

/** After a missed change or a broken connection a new snapshot is taken, not more often than this. */
const RETRY_MS = 500;

export function foldLive(port: Pick<LivePort, 'subscribe'>, logger: Logger): LiveFold {
  const listeners = new Set<() => void>();
  let state: LiveState | null = null;
  let connected = false;
  let subscription: { stop: () => void } | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const tell = (): void => listeners.forEach((listener) => listener());

  const leave = (reason: string): void => {
    if (closed || !subscription) return;
    const { stop } = subscription;
    subscription = null;
    stop();
    connected = false;
    logger.warn({ reason }, 'live state lost: taking a new snapshot');
    tell();
    retry = setTimeout(join, RETRY_MS);
  };

  const join = (): void => {
    // Events of a subscription that was left may still be under way: they are ignored.
    const own = { stop: (): void => undefined };
    subscription = own;
    const take = (event: LiveEvent): void => {
      if (subscription !== own) return;
      try {
        const next = event.kind === 'snapshot' ? event.state : applyLiveChange(snapshotOf(state), event.change);
        state = next;
        connected = true;
      } catch (error) {
        leave(error instanceof Error ? error.message : String(error));
        return;
      }
      tell();
    };
    const stop = port.subscribe(take, (reason) => {
      if (subscription === own) leave(reason);
    });
    own.stop = stop;
    // The port may have told of a break before it returned how to stop.
    if (subscription !== own) stop();
  };

  join();
  return {
    state: () => state,
    connected: () => connected,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      clearTimeout(retry);
      subscription?.stop();
      subscription = null;
      connected = false;
    },
  };
}

function snapshotOf(state: LiveState | null): LiveState {
  if (!state) throw new Error('a live change came before its snapshot');
  return state;
}
