import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { iso } from '../instants.ts';
import { attachmentPath } from '../paths.ts';

export const IncidentAttachment = builder.objectRef<Incident['attachments'][number]>('IncidentAttachment').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    by: t.exposeString('by'),
    name: t.exposeString('name'),
    mediaType: t.exposeString('mediaType'),
    bytes: t.exposeInt('bytes'),
    sha256: t.exposeString('sha256'),
    path: t.string({ description: 'Where it is read, on this server', resolve: ({ id }) => attachmentPath(id) }),
  }),
});
