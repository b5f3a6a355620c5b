import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';

/** Of the schema's mutations, those that depend on how far the incident is. */
export const INCIDENT_ACTS = [
  'acknowledge', 'mitigate', 'resolve', 'reopen', 'close', 'pause-clock', 'resume-clock', 'open-crisis', 'write-crisis-report', 'end-crisis', 'declare-long-interruption', 'report-progress', 'approve-rex',
] as const;
export type IncidentAct = (typeof INCIDENT_ACTS)[number];

const isOver = ({ state }: Incident): boolean => state === 'resolved' || state === 'closed';
const isPaused = ({ pauses }: Incident): boolean => pauses.some(({ toMs }) => toMs === null);
const isInCrisis = ({ crisis }: Incident): boolean => crisis !== null && crisis.endedAtMs === null;

const POSSIBLE: Record<IncidentAct, (incident: Incident) => boolean> = {
  acknowledge: ({ acknowledgedAtMs }) => acknowledgedAtMs === null,
  mitigate: (incident) => !isOver(incident) && incident.mitigatedAtMs === null,
  resolve: (incident) => !isOver(incident),
  reopen: isOver,
  close: (incident) => incident.state === 'resolved' && !isInCrisis(incident),
  'pause-clock': (incident) => !isOver(incident) && !isPaused(incident),
  'resume-clock': isPaused,
  'open-crisis': (incident) => !isOver(incident) && !isInCrisis(incident),
  'write-crisis-report': ({ crisis }) => crisis !== null,
  'end-crisis': isInCrisis,
  'declare-long-interruption': ({ long }) => long === null,
  'report-progress': ({ long }) => long !== null,
  'approve-rex': ({ rex }) => rex !== null && rex.approvedAtMs === null,
};

/** What a page offers, as the incident is now. The log has the last word. */
export function possibleActs(incident: Incident): IncidentAct[] {
  return INCIDENT_ACTS.filter((act) => POSSIBLE[act](incident));
}
