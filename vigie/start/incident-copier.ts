import type { Centre } from '../../warehouse/incidents/concerned.ts';
import { contextOf } from '../../warehouse/incidents/context-of.ts';
import type { IncidentFacts, OutageWindow } from '../../warehouse/incidents/facts.ts';
import { OutageBook } from '../../warehouse/incidents/outage-book.ts';
import { componentsOf, ownFacts, toChangedFacts, type FactsContext } from '../../warehouse/incidents/to-incident-facts.ts';
import { troublesOf } from '../../warehouse/incidents/troubles.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { Incidents, ListOptions } from '../../warehouse/operational/incidents/incidents.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Folding a page keeps the thread for some ten milliseconds. */
const PAGE = 100;
/** When more have changed than this, all are copied. */
const MOST_CHANGED = 500;
const MOST_OPEN = 1000;

export type CopiedStore = Pick<OperationalStore, 'load'> & { incidents: Pick<Incidents, 'list' | 'revision' | 'settings'> };

/** What the warehouse has been told. */
interface Told {
  /** What facts follow from besides the logs: another one changes them all. */
  meaning: string;
  revision: number;
  book: OutageBook;
  /** Whether the targets of those that are open had passed. */
  judged: Map<number, number | null>;
  /** Where outages have changed since. */
  windows: OutageWindow[];
}

/** Copies incidents to the warehouse: all of them once, then those that have changed, however many there have been. */
export class IncidentCopier {
  readonly #store: CopiedStore;
  readonly #warehouse: Pick<Warehouse, 'syncIncidents'>;
  #told: Told | null = null;

  constructor(store: CopiedStore, warehouse: Pick<Warehouse, 'syncIncidents'>) {
    this.#store = store;
    this.#warehouse = warehouse;
  }

  /** Tells the warehouse how incidents are now. What fails is told the next time. */
  async copy(nowMs: number): Promise<void> {
    const centre = await this.#store.load();
    const { availability, rexDays } = await this.#store.incidents.settings();
    const context = contextOf(centre, { availability, rexDays }, nowMs);
    const meaning = JSON.stringify([context.tenants, context.sites, [...whose(centre)], centre.calendars, availability, rexDays]);
    if (this.#told?.meaning !== meaning || !(await this.#copyChanged(this.#told, context))) await this.#copyAll(meaning, context);
  }

  async #copyAll(meaning: string, context: FactsContext): Promise<void> {
    this.#told = null;
    // Before they are read: what happens meanwhile is one more change.
    const told: Told = { meaning, revision: await this.#store.incidents.revision(), book: new OutageBook(), judged: new Map(), windows: [] };
    const facts: IncidentFacts = { incidents: [], actions: [], outages: [], components: [] };
    for await (const page of this.#pages({})) {
      const { incidents, actions } = ownFacts(page, context);
      facts.incidents.push(...incidents);
      facts.actions.push(...actions);
      for (const incident of page) note(told, incident, context);
    }
    facts.outages = told.book.spans(context);
    facts.components = componentsOf(told.book.components(), context);
    // Who finds younger ones there reads all again the next time.
    if (await this.#warehouse.syncIncidents(facts)) this.#told = { ...told, windows: [] };
  }

  /** False = not without all the others. */
  async #copyChanged(told: Told, context: FactsContext): Promise<boolean> {
    const revision = await this.#store.incidents.revision();
    const changed = new Map<number, Incident>();
    if (revision !== told.revision) {
      for await (const page of this.#pages({ afterRevision: told.revision })) {
        for (const incident of page) changed.set(incident.number, incident);
        if (changed.size > MOST_CHANGED) return false;
      }
    }
    // Targets that have passed while nobody noted it.
    for (const incident of await this.#store.incidents.list({ open: true, limit: MOST_OPEN })) if (told.judged.get(incident.number) !== context.breachedAtMs(incident)) changed.set(incident.number, incident);
    for (const incident of changed.values()) told.windows.push(...told.book.put(incident.number, troublesOf(incident, context)));
    const all = [...changed.values()];
    if ((all.length > 0 || told.windows.length > 0) && !(await this.#warehouse.syncIncidents(toChangedFacts(all, context, told.book, told.windows)))) return false;
    for (const incident of all) note(told, incident, context);
    [told.revision, told.windows] = [revision, []];
    return true;
  }

  async *#pages(options: ListOptions): AsyncGenerator<Incident[]> {
    for (let last: number | undefined; ;) {
      const page = await this.#store.incidents.list({ ...options, limit: PAGE, ...(last === undefined ? {} : { beforeNumber: last }) });
      yield page;
      last = page.at(-1)?.number;
      if (page.length < PAGE || last === undefined) return;
    }
  }
}

/** Whose queues and sites are and were, each period once. */
function whose({ queues, teams, agents, campaigns }: Centre): Set<string> {
  return new Set([
    ...queues.map(({ number, tenant, validFrom, validTo }) => `${number} ${tenant} ${validFrom} ${validTo}`), ...teams.map(({ site, tenant }) => `${site} ${tenant}`),
    ...[...agents, ...campaigns].map(({ site, tenant, validFrom, validTo }) => `${site} ${tenant} ${validFrom} ${validTo}`),
  ]);
}

function note({ book, judged }: Told, incident: Incident, context: FactsContext): void {
  book.put(incident.number, troublesOf(incident, context));
  if (incident.open) judged.set(incident.number, context.breachedAtMs(incident));
  else judged.delete(incident.number);
}
