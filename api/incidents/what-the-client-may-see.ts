import type { Incident, IncidentState, TargetClock } from '../../warehouse/operational/incidents/incident.ts';
import { tenantsTouched, type Clients } from '../../warehouse/incidents/concerned.ts';

/** An incident as a client may see it: what stands still and since when, never who said what. */
export interface ClientIncident {
  number: number;
  state: IncidentState;
  open: boolean;
  type: string;
  severity: Incident['severity'];
  title: string;
  titleEn: string | null;
  startedAtMs: number | null;
  detectedAtMs: number;
  acknowledgedAtMs: number | null;
  mitigatedAtMs: number | null;
  resolvedAtMs: number | null;
  closedAtMs: number | null;
  /** Of the client's own; empty = all of them. */
  queues: string[];
  components: Incident['affects']['components'];
  clock: TargetClock;
  /** The client's IT has been, or is to be, on it. */
  conference: { startsAtMs: number; heldAtMs: number | null } | null;
  crisisOpenedAtMs: number | null;
  crisisEndedAtMs: number | null;
  longInterruption: boolean;
  /** What was told to the client's IT, in the words it was told. */
  progress: { id: string; atMs: number; text: string }[];
  report: { madeAtMs: number; signed: number; signers: number } | null;
}

/**
 * What a client may see of an incident; null = it does not touch the client. Every field is named here: what is added to an
 * incident stays inside until somebody writes it down here. Not among them: comments, descriptions, notes, reasons, evidence, attachments,
 * people, places of conferences and their minutes, hourly reports, actions, REX, other clients.
 */
export function whatTheClientMaySee(incident: Incident, clock: TargetClock, tenant: string, directory: Clients): ClientIncident | null {
  const touched = tenantsTouched(incident.affects, incident.detectedAtMs, directory);
  if (touched !== 'all' && !touched.includes(tenant)) return null;
  const { number, state, open, type, severity, title, titleEn, startedAtMs, detectedAtMs, acknowledgedAtMs, mitigatedAtMs, resolvedAtMs, closedAtMs, affects, conferences, crisis, long, document } = incident;
  const conference = conferences.toSorted((a, b) => a.startsAtMs - b.startsAtMs).at(-1);
  return {
    number, state, open, type, severity, title, titleEn, startedAtMs, detectedAtMs, acknowledgedAtMs, mitigatedAtMs, resolvedAtMs, closedAtMs,
    queues: affects.queues.filter((queue) => directory.tenantOfQueue(queue, detectedAtMs) === tenant),
    components: affects.components.map(({ component, share }) => ({ component, share })),
    clock: { state: clock.state, targetMs: clock.targetMs, usedMs: clock.usedMs, leftMs: clock.leftMs, dueAtMs: clock.dueAtMs, breachedAtMs: clock.breachedAtMs },
    conference: conference ? { startsAtMs: conference.startsAtMs, heldAtMs: conference.heldAtMs } : null,
    crisisOpenedAtMs: crisis?.openedAtMs ?? null,
    crisisEndedAtMs: crisis?.endedAtMs ?? null,
    longInterruption: long !== null,
    progress: (long?.progress ?? []).map(({ id, atMs, text }) => ({ id, atMs, text })),
    report: document ? { madeAtMs: document.madeAtMs, signed: document.signatures.length, signers: document.signers.length } : null,
  };
}
