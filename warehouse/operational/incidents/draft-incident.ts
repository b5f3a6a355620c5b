import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';

/** An incident while its log is read: who did what is remembered, so that a contradiction can name it. */
export interface Draft extends Omit<Incident, 'timeline' | 'state' | 'open'> {
  /** Versions of the REX whose predecessor has not been seen yet: clocks of two writers may differ, what they read does not. */
  earlyRex: IncidentEvent[];
  marks: { acknowledged: IncidentEvent | null; mitigated: IncidentEvent | null; resolved: IncidentEvent | null; closed: IncidentEvent | null; paused: IncidentEvent | null };
}

export function draftOf(number: number): Draft {
  return {
    number, type: '', severity: 4, title: '', titleEn: null, description: '', affects: { tenants: [], sites: [], queues: [], components: [] }, affected: [],
    openedBy: '', detector: null, startedAtMs: null, detectedAtMs: 0, acknowledgedAtMs: null, mitigatedAtMs: null, resolvedAtMs: null, closedAtMs: null,
    targetMinutes: 0, calendar: null, hours: null, pauses: [], reopenings: [], breachNotedAtMs: null, breachWithdrawn: null, warnedShares: [],
    persons: [], formerPersons: [], comments: [], attachments: [], links: [], evidence: [], conferences: [], crisis: null, earlierCrises: [], actions: [], long: null, rex: null, document: null,
    earlyRex: [],
    marks: { acknowledged: null, mitigated: null, resolved: null, closed: null, paused: null },
  };
}
