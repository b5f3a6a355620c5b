import type { Incident, IncidentState, TargetClock } from '../../warehouse/operational/incidents/incident.ts';
import { titleIn } from '../../warehouse/operational/incidents/title-in.ts';
import { iso, isoOrNull } from './instants.ts';

/** An open incident as every page shows it. Its objects have the shape of the schema's types, and never change. */
export interface StripIncident {
  number: number;
  state: IncidentState;
  severity: Incident['severity'];
  title: string;
  titleEn: string;
  type: string;
  typeFr: string;
  typeEn: string;
  detectedAt: string;
  acknowledgedAt: string | null;
  clock: StripClock;
  /** The client's IT is still to be called. */
  conferenceDueAt: string | null;
  crisis: boolean;
  overdueReports: number;
  longInterruption: boolean;
}

export interface StripClock {
  state: TargetClock['state'];
  targetMs: number;
  /** While it runs it is `dueAt` less the time: null. */
  leftMs: number | null;
  dueAt: string | null;
  breachedAt: string | null;
}

export interface Strip { at: string; incidents: readonly StripIncident[] }

/** What is drawn: an incident as of now. */
export interface StripInput {
  row: Incident;
  clock: TargetClock;
  conferenceDueMs: number | null;
  labels: { fr: string; en: string };
  overdueReports: number;
}

/** What has not changed is the same object: its bytes are written once. */
export function drawStripIncident({ row, clock, conferenceDueMs, labels, overdueReports }: StripInput, before: StripIncident | undefined): StripIncident {
  const next: StripIncident = {
    number: row.number, state: row.state, severity: row.severity, title: row.title, titleEn: titleIn(row, 'en'), type: row.type, typeFr: labels.fr, typeEn: labels.en,
    detectedAt: iso(row.detectedAtMs), acknowledgedAt: isoOrNull(row.acknowledgedAtMs),
    clock: { state: clock.state, targetMs: clock.targetMs, leftMs: clock.state === 'running' ? null : clock.leftMs, dueAt: isoOrNull(clock.dueAtMs), breachedAt: isoOrNull(clock.breachedAtMs) },
    conferenceDueAt: isoOrNull(conferenceDueMs), crisis: row.crisis !== null && row.crisis.endedAtMs === null, overdueReports, longInterruption: row.long !== null,
  };
  return before !== undefined && JSON.stringify(before) === JSON.stringify(next) ? before : next;
}

/** The gravest first, then the one that is due first. */
export function byUrgency(a: StripIncident, b: StripIncident): number {
  return a.severity - b.severity || dueMs(a) - dueMs(b) || a.number - b.number;
}

function dueMs({ clock: { dueAt } }: StripIncident): number {
  return dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt);
}
