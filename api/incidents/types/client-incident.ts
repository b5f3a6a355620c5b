import { builder } from '../../builder.ts';
import { iso, isoOrNull } from '../instants.ts';
import type { ClientIncident as Row } from '../what-the-client-may-see.ts';
import { AffectedComponent } from './incident-affects.ts';
import { IncidentClock } from './incident-clock.ts';
import { IncidentOutline } from './incident-outline.ts';

const ClientProgress = builder.objectRef<Row['progress'][number]>('ClientProgress').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    text: t.exposeString('text'),
  }),
});

export const ClientIncident = builder.objectRef<Row>('ClientIncident').implement({
  description: 'An incident as a client may see it',
  interfaces: [IncidentOutline],
  fields: (t) => ({
    queues: t.exposeStringList('queues', { description: "The client's own; empty = all of them" }),
    components: t.expose('components', { type: [AffectedComponent] }),
    clock: t.expose('clock', { type: IncidentClock }),
    conferenceAt: t.field({ type: 'DateTime', nullable: true, description: "With the client's IT, the newest", resolve: ({ conference }) => isoOrNull(conference?.startsAtMs ?? null) }),
    conferenceHeldAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ conference }) => isoOrNull(conference?.heldAtMs ?? null) }),
    crisisOpenedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ crisisOpenedAtMs }) => isoOrNull(crisisOpenedAtMs) }),
    crisisEndedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ crisisEndedAtMs }) => isoOrNull(crisisEndedAtMs) }),
    longInterruption: t.exposeBoolean('longInterruption'),
    progress: t.expose('progress', { type: [ClientProgress], complexity: { multiplier: 10 }, description: "What was told to the client's IT" }),
    reportMadeAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ report }) => isoOrNull(report?.madeAtMs ?? null) }),
    reportSigned: t.boolean({ description: 'By everybody who signs', resolve: ({ report }) => report !== null && report.signed >= report.signers }),
  }),
});
