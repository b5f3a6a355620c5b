import type { Incident as Row } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { shouted } from '../../types/enums.ts';
import { INCIDENT_ACTS, possibleActs } from '../acts/possible.ts';
import { iso, isoOrNull } from '../instants.ts';
import { affectsInSight } from '../sight.ts';
import { IncidentAction } from './incident-action.ts';
import { IncidentAffects } from './incident-affects.ts';
import { IncidentAttachment } from './incident-attachment.ts';
import { IncidentClock } from './incident-clock.ts';
import { IncidentComment } from './incident-comment.ts';
import { IncidentConference } from './incident-conference.ts';
import { IncidentCrisis } from './incident-crisis.ts';
import { IncidentDocument } from './incident-document.ts';
import { IncidentEvent } from './incident-event.ts';
import { IncidentEvidence } from './incident-evidence.ts';
import { impactOf } from '../impact-of.ts';
import { IncidentImpact } from './incident-impact.ts';
import { IncidentLink } from './incident-link.ts';
import { LongInterruption } from './incident-long.ts';
import { IncidentOutline } from './incident-outline.ts';
import { IncidentPerson } from './incident-person.ts';
import { IncidentRex } from './incident-rex.ts';
import { Notification } from './notification.ts';

const IncidentActEnum = builder.enumType('IncidentAct', { description: 'Mutations that depend on how far the incident is', values: shouted(INCIDENT_ACTS) });

const ClockPause = builder.objectRef<Row['pauses'][number]>('ClockPause').implement({
  fields: (t) => ({
    from: t.field({ type: 'DateTime', resolve: ({ fromMs }) => iso(fromMs) }),
    to: t.field({ type: 'DateTime', nullable: true, description: 'Null = it is paused now', resolve: ({ toMs }) => isoOrNull(toMs) }),
    reason: t.exposeString('reason'),
  }),
});

const Reopening = builder.objectRef<Row['reopenings'][number]>('Reopening').implement({
  description: 'It was taken for resolved, and was not',
  fields: (t) => ({
    resolvedAt: t.field({ type: 'DateTime', resolve: ({ resolvedAtMs }) => iso(resolvedAtMs) }),
    reopenedAt: t.field({ type: 'DateTime', resolve: ({ reopenedAtMs }) => iso(reopenedAtMs) }),
    reason: t.exposeString('reason'),
  }),
});

export const Incident = builder.objectRef<Row>('Incident').implement({
  description: 'Everything of an incident, computed from its log',
  interfaces: [IncidentOutline],
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: "The server's clock, as of this answer", resolve: (_row, _args, { clock }) => iso(clock.nowMs()) }),
    revision: t.int({ description: 'Grows with every event: to be given back as `seen` by whoever changes what was read', resolve: ({ timeline }) => timeline.reduce((last, { sequence }) => Math.max(last, sequence), 0) }),
    description: t.exposeString('description'),
    affects: t.field({ type: IncidentAffects, resolve: (incident, _args, { viewer, directory }) => affectsInSight(incident, viewer.scope, directory) }),
    openedBy: t.exposeString('openedBy'),
    detector: t.exposeString('detector', { nullable: true, description: 'That opened it; null = a person' }),
    targetMinutes: t.exposeFloat('targetMinutes'),
    calendar: t.exposeString('calendar', { nullable: true, description: 'Hours in which the clock of the target runs; null = always' }),
    clock: t.field({ type: IncidentClock, resolve: async (row, _args, { loaders, clock }) => (await loaders.incidents.frame()).clockOf(row, clock.nowMs()) }),
    pauses: t.expose('pauses', { type: [ClockPause], complexity: { multiplier: 5 } }),
    reopenings: t.expose('reopenings', { type: [Reopening], complexity: { multiplier: 3 } }),
    warnedShares: t.expose('warnedShares', { type: ['Float'] }),
    conferenceDueAt: t.field({ type: 'DateTime', nullable: true, description: "When the client's IT is to be called; this clock never pauses. Null = it was called, or service was back before", resolve: async (row, _args, { loaders }) => isoOrNull((await loaders.incidents.frame()).conferenceDueMs(row)) }),
    conferences: t.field({ type: [IncidentConference], complexity: { multiplier: 3 }, resolve: (incident) => incident.conferences.map((conference) => ({ conference, incident })) }),
    crisis: t.field({ type: IncidentCrisis, nullable: true, resolve: (incident) => (incident.crisis ? { crisis: incident.crisis, incident } : null) }),
    longInterruption: t.field({ type: LongInterruption, nullable: true, resolve: ({ long }) => long }),
    earlierCrises: t.field({ type: [IncidentCrisis], complexity: { multiplier: 2 }, resolve: (incident) => incident.earlierCrises.map((crisis) => ({ crisis, incident })) }),
    actions: t.expose('actions', { type: [IncidentAction], complexity: { multiplier: 10 } }),
    rex: t.expose('rex', { type: IncidentRex, nullable: true }),
    rexDueAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = none is asked for yet', resolve: async (row, _args, { loaders }) => isoOrNull((await loaders.incidents.frame()).rexDueMs(row)) }),
    document: t.field({ type: IncidentDocument, nullable: true, resolve: (incident) => (incident.document ? { document: incident.document, incident } : null) }),
    persons: t.expose('persons', { type: [IncidentPerson], complexity: { multiplier: 10 } }),
    comments: t.expose('comments', { type: [IncidentComment], complexity: { multiplier: 20 } }),
    attachments: t.expose('attachments', { type: [IncidentAttachment], complexity: { multiplier: 5 } }),
    links: t.expose('links', { type: [IncidentLink], complexity: { multiplier: 5 } }),
    evidence: t.expose('evidence', { type: [IncidentEvidence], complexity: { multiplier: 5 } }),
    timeline: t.field({ type: [IncidentEvent], complexity: { multiplier: 50 }, description: 'The whole log, the oldest first', resolve: (incident) => incident.timeline.map((event) => ({ event, incident })) }),
    impact: t.field({ type: IncidentImpact, nullable: true, complexity: { field: 5000, multiplier: 1 }, description: 'What it did to calls and agents, measured from the warehouse', args: { zone: t.arg.string() }, resolve: (row, { zone }, context) => impactOf(row, zone, context) }),
    acts: t.field({ type: [IncidentActEnum], description: 'What can be done as it is now', resolve: possibleActs }),
    notifications: t.field({ type: [Notification], complexity: { field: 20, multiplier: 20 }, description: 'What was told outside about it, the newest first', resolve: ({ number }, _args, { loaders }) => loaders.incidents.notifications.load(number) }),
  }),
});
