import type { Warehouse } from '../../warehouse/warehouse.ts';

const PAUSE_MS = 60_000;

/** Rolls up the days that are over, from time to time, one try after the other. */
export function startClosingDays(warehouse: Pick<Warehouse, 'closeDays'>, log: (level: 'info' | 'warn', message: string, details: object) => void): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(next, PAUSE_MS);
  let stopped = false;

  function next(): void {
    running = close().finally(() => {
      if (!stopped) timer = setTimeout(next, PAUSE_MS);
    });
  }
  async function close(): Promise<void> {
    try {
      const { closed } = await warehouse.closeDays({ utcMs: Date.now() });
      if (closed.length > 0) log('info', 'days closed', { days: closed.length, last: closed.at(-1) });
    } catch (error) {
      log('warn', 'days were not closed', { reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
