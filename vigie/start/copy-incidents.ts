import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { IncidentCopier } from './incident-copier.ts';

/** Events of a busy minute go together. */
const GATHER_MS = 1000;
/** What was missed, and targets that passed while nobody noted it. */
const AGAIN_MS = 300_000;

export interface CopyingIncidents { stop(): Promise<void> }

interface CopyingOptions {
  store: Pick<OperationalStore, 'load' | 'subscribe' | 'incidents'>;
  warehouse: Pick<Warehouse, 'syncIncidents'>;
  onError: (error: unknown) => void;
  /** By which targets pass; the wall's clock by default. */
  nowMs?: () => number;
}

/** Keeps what the warehouse knows of incidents as their logs tell it: after each change, one copy after the other. */
export function startCopyingIncidents({ store, warehouse, onError, nowMs = Date.now }: CopyingOptions): CopyingIncidents {
  const copier = new IncidentCopier(store, warehouse);
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(copyNow, 0);
  let waiting = true;

  function copyNow(): void {
    waiting = false;
    running = copier.copy(nowMs()).catch((error: unknown) => { if (!stopped) onError(error); }).finally(() => { if (!stopped && !waiting) timer = setTimeout(copyNow, AGAIN_MS); });
  }
  function soon(): void {
    if (stopped || waiting) return;
    waiting = true;
    clearTimeout(timer);
    void running.finally(() => { if (!stopped) timer = setTimeout(copyNow, GATHER_MS); });
  }
  const unsubscribes = [store.incidents.subscribe(soon), store.subscribe(soon)];
  return {
    async stop() {
      stopped = true;
      for (const unsubscribe of unsubscribes) unsubscribe();
      clearTimeout(timer);
      await running;
    },
  };
}
