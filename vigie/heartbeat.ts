import type { Logger } from 'pino';

export interface HeartbeatOptions {
  /** A secret: whoever knows it can say that all is well. */
  url: string;
  logger: Pick<Logger, 'warn' | 'info'>;
  everyMs?: number;
  /** Called before each beat; false = not well, and no beat: the service outside then raises the alarm. */
  isWell?: () => boolean | Promise<boolean>;
}

const EVERY_MS = 60_000;
const LONGEST_CALL_MS = 10_000;

/** Tells a service outside once a minute that this process lives. It notices when nothing comes any more, whatever went down. */
export function startHeartbeat({ url, logger, everyMs = EVERY_MS, isWell = () => true }: HeartbeatOptions): { end: () => Promise<void> } {
  const stopping = new AbortController();
  const { host } = new URL(url);
  let failing = false;
  let under: Promise<void> | null = null;
  const beat = async (): Promise<void> => {
    try {
      if (!(await isWell())) return;
      const response = await fetch(url, { signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(LONGEST_CALL_MS)]) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`it answers with status ${response.status}`);
      if (failing) logger.info({ host }, 'the heartbeat is heard again');
      failing = false;
    } catch (error) {
      if (stopping.signal.aborted) return;
      // The address is not repeated, which words of a failure might.
      const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message).replaceAll(url, '…') : 'unknown';
      if (!failing) logger.warn({ host, reason }, 'the heartbeat is not heard');
      failing = true;
    }
  };
  const tick = (): void => {
    under ??= beat().finally(() => (under = null));
  };
  const timer = setInterval(tick, everyMs);
  tick();
  return {
    async end() {
      clearInterval(timer);
      stopping.abort();
      await under;
    },
  };
}
