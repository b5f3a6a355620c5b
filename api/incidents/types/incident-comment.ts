import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { iso, isoOrNull } from '../instants.ts';

type Row = Incident['comments'][number];

const EarlierText = builder.objectRef<Row['earlier'][number]>('EarlierText').implement({
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    by: t.exposeString('by'),
    text: t.exposeString('text'),
  }),
});

export const IncidentComment = builder.objectRef<Row>('IncidentComment').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    by: t.exposeString('by'),
    text: t.exposeString('text'),
    editedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ editedAtMs }) => isoOrNull(editedAtMs) }),
    editedBy: t.exposeString('editedBy', { nullable: true }),
    earlier: t.expose('earlier', { type: [EarlierText], description: 'Its texts before they were edited, the oldest first', complexity: { multiplier: 3 } }),
  }),
});
