import type { z } from 'zod';
import type { linkSchema } from '../../../warehouse/operational/incidents/events.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { IncidentLinkKindEnum, PartyEnum } from '../types/enums.ts';

const AffectedComponentInput = builder.inputType('AffectedComponentInput', {
  fields: (t) => ({ component: t.string({ required: true }), share: t.float({ required: true, defaultValue: 1, description: 'Above 0; 1 = all of it' }) }),
});

export const AffectsInput = builder.inputType('IncidentAffectsInput', {
  fields: (t) => ({
    tenants: t.stringList({ required: true, defaultValue: [] }),
    sites: t.stringList({ required: true, defaultValue: [] }),
    queues: t.stringList({ required: true, defaultValue: [] }),
    components: t.field({ type: [AffectedComponentInput], required: true, defaultValue: [] }),
  }),
});

export const PersonInput = builder.inputType('IncidentPersonInput', {
  fields: (t) => ({
    id: t.string({ description: "A uuid, such as a contact's; default: a new person" }),
    name: t.string({ required: true }),
    email: t.string(),
    party: t.field({ type: PartyEnum, required: true }),
    role: t.string({ required: true, defaultValue: '' }),
    language: t.field({ type: LanguageEnum, required: true, defaultValue: 'fr' }),
    signs: t.boolean({ required: true, defaultValue: false }),
  }),
});

export const LinkInput = builder.inputType('IncidentLinkInput', {
  description: 'A call: tenant and callId. A question to the measures: label and question',
  fields: (t) => ({
    kind: t.field({ type: IncidentLinkKindEnum, required: true }),
    tenant: t.string(),
    callId: t.string(),
    label: t.string(),
    question: t.string(),
  }),
});

/** The log's schema has the last word. */
export function linkOf({ kind, tenant, callId, label, question }: typeof LinkInput.$inferInput): z.input<typeof linkSchema> {
  return kind === 'call' ? { kind, tenant: tenant ?? '', callId: callId ?? '' } : { kind, label: label ?? '', question: question ?? '' };
}

