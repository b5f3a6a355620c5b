import type { IncidentType } from '../../../warehouse/operational/incidents/catalogue.ts';
import type { Severity } from '../../../warehouse/operational/incidents/events.ts';

/** What a person says of an incident; what is left out is as the catalogue has it for its type. */
export interface Said {
  title: string;
  description: string;
  severity?: Severity | null | undefined;
  affects?: object | null | undefined;
  targetMinutes?: number | null | undefined;
  startedAtMs?: number | null | undefined;
}

/** The first event of an incident that a person declares: to be parsed. */
export function openingOf(type: IncidentType, { title, description, severity, affects, targetMinutes, startedAtMs }: Said, detectedAtMs: number, nowMs: number): object {
  return {
    kind: 'opened', type: type.slug, title, description, severity: severity ?? type.severity, affects: affects ?? type.affects, targetMinutes: targetMinutes ?? type.targetMinutes, calendar: type.calendar,
    startedAt: startedAtMs == null ? null : new Date(startedAtMs).toISOString(),
    ...(detectedAtMs < nowMs ? { enteredAt: new Date(nowMs).toISOString() } : {}),
  };
}
