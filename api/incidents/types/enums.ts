import { incidentBodySchema, LONG_CAUSES, SEVERITIES, partySchema, type IncidentKind } from '../../../warehouse/operational/incidents/events.ts';
import { INCIDENT_STATES, type TargetClock } from '../../../warehouse/operational/incidents/incident.ts';
import { NOTIFICATION_STATES } from '../../../warehouse/operational/notifications/notification.ts';
import { builder } from '../../builder.ts';
import { shouted } from '../../types/enums.ts';

export const INCIDENT_KINDS: readonly IncidentKind[] = incidentBodySchema.options.map((option) => option.shape.kind.value);
const CLOCK_STATES = ['running', 'paused', 'off-hours', 'stopped'] as const satisfies readonly TargetClock['state'][];

export const IncidentStateEnum = builder.enumType('IncidentState', { description: 'In order; MITIGATED may be left out', values: shouted(INCIDENT_STATES) });
export const IncidentEventKindEnum = builder.enumType('IncidentEventKind', { values: shouted(INCIDENT_KINDS) });
export const ClockStateEnum = builder.enumType('IncidentClockState', { values: shouted(CLOCK_STATES) });
export const PartyEnum = builder.enumType('Party', { description: "CLIENT is the client's IT", values: shouted(partySchema.options) });
export const LongCauseEnum = builder.enumType('LongInterruptionCause', { values: shouted(LONG_CAUSES) });
export const ActionListEnum = builder.enumType('ActionList', { description: "The crisis cell's plan, or what the REX decided", values: shouted(['plan', 'rex']) });
export const IncidentLinkKindEnum = builder.enumType('IncidentLinkKind', { values: shouted(['call', 'measures']) });
export const CrisisReportStateEnum = builder.enumType('CrisisReportState', { description: 'LATE: written after it was due', values: shouted(['next', 'overdue', 'written', 'late']) });
export const NotificationStateEnum = builder.enumType('NotificationState', { values: shouted(NOTIFICATION_STATES) });
export const NotificationChannelEnum = builder.enumType('NotificationChannel', { values: shouted(['email', 'webhook']) });

/** 1 = the site stands still … 4 = an annoyance. */
export const SeverityEnum = builder.enumType('IncidentSeverity', { description: 'CRITICAL = the site stands still … ANNOYANCE', values: { CRITICAL: { value: SEVERITIES[0] }, MAJOR: { value: SEVERITIES[1] }, MINOR: { value: SEVERITIES[2] }, ANNOYANCE: { value: SEVERITIES[3] } } as const });
