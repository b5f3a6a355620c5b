import { setTimeout as pause } from 'node:timers/promises';
import type { Notifications } from '../../warehouse/operational/notifications/notifications.ts';

export interface PruningOptions {
  notifications: Pick<Notifications, 'prune'>;
  keptDays: number;
  onError: (error: unknown) => void;
  /** How many go at once. */
  limit?: number;
  /** From one look to the next, and from one part to the next. */
  lookMs?: number;
  restMs?: number;
}

const DAY_MS = 86_400_000;
const LOOK_MS = 3_600_000;
const REST_MS = 2000;
const AT_ONCE = 200;

/** Takes away what was told longer ago than it is kept, each hour, part by part: nobody waits behind it. */
export function startPruning({ notifications, keptDays, onError, limit = AT_ONCE, lookMs = LOOK_MS, restMs = REST_MS }: PruningOptions): { end(): Promise<void> } {
  const stopping = new AbortController();
  const running = run();
  return {
    async end() {
      stopping.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    // Not in the first moments of a program, when others wait for the store.
    for (let restingMs = Math.min(lookMs, restMs); await rested(restingMs);) {
      try {
        const { notifications: gone } = await notifications.prune(Date.now() - keptDays * DAY_MS, limit);
        restingMs = gone < limit ? lookMs : restMs;
      } catch (error) {
        onError(error);
        restingMs = lookMs;
      }
    }
  }

  async function rested(ms: number): Promise<boolean> {
    await pause(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    return !stopping.signal.aborted;
  }
}
