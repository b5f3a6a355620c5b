import { draftOf } from '../../operational/incidents/draft-incident.ts';
import type { Incident } from '../../operational/incidents/incident.ts';
import type { IncidentBody, IncidentEvent } from '../../operational/incidents/events.ts';

/** An incident of which nothing is known but what is said. `version`: events of its log. */
export function anIncident({ version = 1, timeline = [], ...some }: Partial<Incident> & { number: number; detectedAtMs: number; version?: number }): Incident {
  const { marks: _marks, ...draft } = draftOf(some.number);
  const opened = anEvent(some.number, version, some.detectedAtMs, { kind: 'commented', text: 'log' });
  return {
    ...draft, state: 'detected', open: true, type: 'service-stopped', severity: 2, title: 'Arrêt', openedBy: 'Awa', targetMinutes: 15, affected: [{ fromMs: some.detectedAtMs, affects: some.affects ?? draft.affects }], ...some, timeline: [...timeline, opened],
  };
}

export function anEvent(incident: number, sequence: number, atMs: number, body: IncidentBody): IncidentEvent {
  return { id: `${incident}-${sequence}`, incident, sequence, atMs, recordedAtMs: atMs, by: 'Awa', body };
}
