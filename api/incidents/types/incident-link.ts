import type { IncidentLink as Row } from '../../../warehouse/operational/incidents/events.ts';
import { builder } from '../../builder.ts';
import { IncidentLinkKindEnum } from './enums.ts';

export const IncidentLink = builder.objectRef<Row>('IncidentLink').implement({
  description: 'A call (tenant, callId), or a question to the measures (label, question)',
  fields: (t) => ({
    kind: t.expose('kind', { type: IncidentLinkKindEnum }),
    tenant: t.string({ nullable: true, resolve: (link) => (link.kind === 'call' ? link.tenant : null) }),
    callId: t.string({ nullable: true, resolve: (link) => (link.kind === 'call' ? link.callId : null) }),
    label: t.string({ nullable: true, resolve: (link) => (link.kind === 'measures' ? link.label : null) }),
    question: t.string({ nullable: true, description: "The KPI page's address after the `?`", resolve: (link) => (link.kind === 'measures' ? link.question : null) }),
  }),
});
