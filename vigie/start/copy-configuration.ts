import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SightCheck } from '../../api/http/health.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface CopyingConfiguration {
  /** Settles after the first try, however it ended, or with the end. */
  readonly tried: Promise<void>;
  /** Whether what the warehouse has is the latest, or soon will be. */
  readonly sight: SightCheck;
  /** Waits for a copy that runs, not for a warehouse that does not answer, nor for what is still to be tried. */
  stop(): Promise<void>;
}

export interface CopyingPauses {
  /** Between tries, growing from the first to the second. */
  firstRetryMs?: number; longestRetryMs?: number;
  /** From then on it is a trouble to be seen: a warehouse that starts anew is none. */
  lateMs?: number;
}

interface CopyingOptions extends CopyingPauses {
  store: Pick<OperationalStore, 'load' | 'subscribe'>;
  warehouse: Pick<Warehouse, 'syncDimensions'>;
  logger: Pick<Logger, 'info' | 'error'>;
  /** What the store has at the beginning is in the warehouse already. */
  copied?: boolean;
  /** After the first copy that was taken. */
  onTaken?: () => void;
}

const LONGEST_END_MS = 3000;

/** Keeps the warehouse's copy of the configuration: each change once, one copy after the other; what was not taken is tried again, always with the latest. */
export function startCopyingConfiguration({ store, warehouse, logger, copied = false, onTaken = () => undefined, firstRetryMs = 1000, longestRetryMs = 30_000, lateMs = 60_000 }: CopyingOptions): CopyingConfiguration {
  const stopping = new AbortController();
  const { signal } = stopping;
  let latest: Awaited<ReturnType<OperationalStore['load']>> | null = null;
  let due = !copied;
  let taken = false;
  let failingSinceMs: number | null = null;
  let wake = (): void => undefined;
  let settle = (): void => undefined;
  const tried = new Promise<void>((resolve) => { settle = resolve; });
  const unsubscribe = store.subscribe((next) => {
    latest = next;
    due = true;
    wake();
  });
  const running = run();
  return {
    tried,
    sight: () => (failingSinceMs !== null && Date.now() - failingSinceMs > lateMs ? `the configuration was not copied to the warehouse for ${Math.round((Date.now() - failingSinceMs) / 1000)} s` : ''),
    async stop() {
      unsubscribe();
      stopping.abort();
      wake();
      await Promise.race([running, pause(LONGEST_END_MS, undefined, { ref: false })]);
    },
  };

  async function run(): Promise<void> {
    for (let wait = firstRetryMs; !signal.aborted;) {
      if (!due) {
        await new Promise<void>((resolve) => { wake = resolve; });
        continue;
      }
      due = false;
      try {
        await warehouse.syncDimensions(toDimensions(latest ?? await store.load()));
        wait = firstRetryMs;
        noteTaken();
      } catch (error) {
        due = true;
        noteFailed(error);
        settle();
        await pause(wait, undefined, { signal }).catch(() => undefined);
        wait = Math.min(wait * 2, longestRetryMs);
      }
    }
    settle();
  }

  function noteTaken(): void {
    if (signal.aborted) return;
    if (failingSinceMs !== null) logger.info({ failedForMs: Date.now() - failingSinceMs }, 'the configuration is copied to the warehouse again');
    failingSinceMs = null;
    if (!taken) onTaken();
    taken = true;
    settle();
  }

  function noteFailed(error: unknown): void {
    if (signal.aborted || failingSinceMs !== null) return;
    failingSinceMs = Date.now();
    logger.error({ err: error }, 'the configuration was not copied to the warehouse: it is tried again until it is');
  }
}
