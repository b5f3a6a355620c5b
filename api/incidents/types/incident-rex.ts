import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { iso, isoOrNull } from '../instants.ts';

export const IncidentRex = builder.objectRef<NonNullable<Incident['rex']>>('IncidentRex').implement({
  description: 'What is learned from the incident, its newest version',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'To be given back by whoever changes it' }),
    writtenAt: t.field({ type: 'DateTime', resolve: ({ writtenAtMs }) => iso(writtenAtMs) }),
    by: t.exposeString('by'),
    impact: t.exposeString('impact'),
    causes: t.exposeString('causes'),
    wentWell: t.exposeString('wentWell'),
    wentBadly: t.exposeString('wentBadly'),
    approvedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ approvedAtMs }) => isoOrNull(approvedAtMs) }),
  }),
});
