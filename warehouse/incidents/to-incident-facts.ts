import type { Incident } from '../operational/incidents/incident.ts';
import type { ActionFact, ComponentFact, IncidentFact, IncidentFacts, OutageWindow } from './facts.ts';
import { concerned } from './concerned.ts';
import type { Places } from './concerned.ts';
import type { OutageBook } from './outage-book.ts';
import { outageSpans } from './outage-spans.ts';

/** 99.9 % of the time. */
const USUAL_PPM = 1000;

export interface FactsContext extends Places {
  components: readonly ComponentFact[];
  /** What those may stand still that are named by an incident alone; default: the usual. */
  allowedPpmOf?: (component: string) => number;
  /** When the target passed by its own clock, noted or computed; null = it has not. */
  breachedAtMs: (incident: Incident) => number | null;
  /** By when the REX is to be written; null = none is due. */
  rexDueAtMs: (incident: Incident) => number | null;
}

/** What incidents are, as the warehouse measures it. What becomes late by itself is told by the instant of the question and not here. */
export function toIncidentFacts(incidents: readonly Incident[], context: FactsContext): IncidentFacts {
  const outages = outageSpans(incidents, context);
  return { ...ownFacts(incidents, context), outages, components: componentsOf(outages.map(({ component }) => component), context) };
}

/** The same of incidents that have changed, with what stands still around them. @param book all that stood still, these incidents as they are now. */
export function toChangedFacts(incidents: readonly Incident[], context: FactsContext, book: OutageBook, changed: readonly OutageWindow[]): IncidentFacts {
  const windows = book.around(changed);
  return { ...ownFacts(incidents, context), outages: book.spansIn(windows, context), components: componentsOf(book.components(), context), windows };
}

/** What each incident says for itself. */
export function ownFacts(incidents: readonly Incident[], context: FactsContext): Pick<IncidentFacts, 'incidents' | 'actions'> {
  return {
    incidents: incidents.map((incident) => factOf(incident, context)),
    actions: incidents.flatMap((incident) => incident.actions.map((action): ActionFact => ({
      incident: incident.number, action: action.id, version: versionOf(incident), list: action.list, dueAtMs: action.dueAtMs, doneAtMs: action.doneAtMs,
    }))),
  };
}

/** One that an incident stopped has its time too, known or not: else it would stand still out of no time. @param stopped those that ever stood still. */
export function componentsOf(stopped: readonly string[], { components, allowedPpmOf = () => USUAL_PPM }: FactsContext): ComponentFact[] {
  const others = [...new Set(stopped)].filter((name) => !components.some(({ component }) => component === name)).toSorted();
  return [...components, ...others.map((component) => ({ component, nameFr: component, nameEn: component, allowedPpm: allowedPpmOf(component) }))];
}

function factOf(incident: Incident, context: FactsContext): IncidentFact {
  const { affects } = incident;
  // The first cell: what is asked of it is how fast it began.
  const [crisis] = [...incident.earlierCrises, ...incident.crisis ? [incident.crisis] : []].toSorted((a, b) => a.openedAtMs - b.openedAtMs);
  return {
    incident: incident.number, version: versionOf(incident),
    type: incident.type, severity: incident.severity, detector: incident.detector ?? '', targetSeconds: Math.round(incident.targetMinutes * 60),
    ...concerned(affects, incident.detectedAtMs, context), queues: affects.queues,
    startedAtMs: incident.startedAtMs, detectedAtMs: incident.detectedAtMs, acknowledgedAtMs: incident.acknowledgedAtMs, mitigatedAtMs: incident.mitigatedAtMs,
    resolvedAtMs: incident.resolvedAtMs, closedAtMs: incident.closedAtMs, breachedAtMs: context.breachedAtMs(incident),
    crisisAtMs: crisis?.openedAtMs ?? null, firstReportAtMs: earliest(crisis?.reports.map(({ atMs }) => atMs) ?? []), crisisEndedAtMs: crisis?.endedAtMs ?? null,
    // Its first text: one that is written anew was in time all the same.
    rexDueAtMs: context.rexDueAtMs(incident), rexAtMs: earliest(incident.timeline.flatMap(({ atMs, body }) => (body.kind === 'rex-written' ? [atMs] : []))),
  };
}

/** Logs only grow. */
function versionOf({ timeline }: Incident): number {
  return timeline.reduce((most, { sequence }) => Math.max(most, sequence), 0);
}

function earliest(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : instants.reduce((a, b) => Math.min(a, b));
}
