import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { titleIn } from '../../../warehouse/operational/incidents/title-in.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { iso, isoOrNull } from '../instants.ts';
import { IncidentStateEnum, SeverityEnum } from './enums.ts';

type Row = Pick<Incident, 'number' | 'state' | 'open' | 'type' | 'severity' | 'title' | 'titleEn' | 'startedAtMs' | 'detectedAtMs' | 'acknowledgedAtMs' | 'mitigatedAtMs' | 'resolvedAtMs' | 'closedAtMs'>;

export const IncidentOutline = builder.interfaceRef<Row>('IncidentOutline').implement({
  description: 'What an incident is, and how far it is: for whoever may know of it at all',
  fields: (t) => ({
    number: t.exposeInt('number'),
    state: t.expose('state', { type: IncidentStateEnum }),
    open: t.exposeBoolean('open', { description: 'Something is to be done until it is closed' }),
    type: t.exposeString('type', { description: 'As in `incidentTypes`' }),
    typeLabel: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: async ({ type }, { language }, { loaders }) => (await loaders.incidents.frame()).typeLabel(type, language) }),
    severity: t.expose('severity', { type: SeverityEnum }),
    title: t.string({ args: { language: t.arg({ type: LanguageEnum, description: 'Default: as it was written; what a detector opened has a title in both' }) }, resolve: (row, { language }) => titleIn(row, language ?? 'fr') }),
    startedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ startedAtMs }) => isoOrNull(startedAtMs) }),
    detectedAt: t.field({ type: 'DateTime', resolve: ({ detectedAtMs }) => iso(detectedAtMs) }),
    acknowledgedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ acknowledgedAtMs }) => isoOrNull(acknowledgedAtMs) }),
    mitigatedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ mitigatedAtMs }) => isoOrNull(mitigatedAtMs) }),
    resolvedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ resolvedAtMs }) => isoOrNull(resolvedAtMs) }),
    closedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ closedAtMs }) => isoOrNull(closedAtMs) }),
  }),
});
