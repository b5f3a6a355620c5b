import { contextOf } from '../../warehouse/incidents/context-of.ts';
import { toIncidentFacts } from '../../warehouse/incidents/to-incident-facts.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

const PAGE = 500;
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
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(copyNow, 0);
  let waiting = true;

  function copyNow(): void {
    waiting = false;
    running = copyIncidents(store, warehouse, nowMs()).catch((error: unknown) => { if (!stopped) onError(error); }).finally(() => { if (!stopped && !waiting) timer = setTimeout(copyNow, AGAIN_MS); });
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

/** One copy of all incidents as they are now. */
export async function copyIncidents(store: Pick<OperationalStore, 'load' | 'incidents'>, warehouse: Pick<Warehouse, 'syncIncidents'>, nowMs = Date.now()): Promise<void> {
  const [configuration, settings] = [await store.load(), await store.incidents.settings()];
  const all: Incident[] = [];
  for (let last: number | undefined; ;) {
    const page = await store.incidents.list({ limit: PAGE, ...(last === undefined ? {} : { beforeNumber: last }) });
    all.push(...page);
    last = page.at(-1)?.number;
    if (page.length < PAGE || last === undefined) break;
  }
  await warehouse.syncIncidents(toIncidentFacts(all, contextOf(configuration, settings, nowMs)));
}
