import { z } from 'zod';
import { line, partySchema, personSchema, severitySchema, slug } from './events.ts';
import { onCallSchema } from './on-call.ts';

/** At which a rule may tell somebody. `unacknowledged` counts from the detection; the overdue ones from when the thing was due. */
export const MOMENTS = [
  'opened', 'unacknowledged', 'warned', 'breached', 'conference', 'crisis', 'report-overdue', 'long-interruption', 'progress', 'progress-overdue',
  'resolved', 'reopened', 'closed', 'action-overdue', 'rex-overdue',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** A person whom the house knows; becomes a person of an incident when it is invited, put into the crisis cell or asked to sign. */
export const contactSchema = personSchema.extend({
  phone: z.string().trim().max(50).default(''),
  /** Of a person of a client: which client that is. Incidents of others are not told to it; null = of all. */
  tenant: slug.nullable().default(null),
  /** Invited to every conference; a member of every crisis cell. */
  conference: z.boolean().default(false),
  crisis: z.boolean().default(false),
});
export type Contact = z.infer<typeof contactSchema>;

export const recipientSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contact'), contact: z.uuid() }),
  /** All contacts of a party. */
  z.object({ kind: z.literal('party'), party: partySchema }),
  /** The incident's own persons. */
  z.object({ kind: z.literal('involved') }),
  /** Who is on call then. */
  z.object({ kind: z.literal('on-call'), calendar: slug }),
  z.object({ kind: z.literal('webhook'), name: line }),
]);

export const ruleSchema = z.object({
  id: slug,
  labelFr: line,
  labelEn: line,
  on: z.boolean().default(true),
  moment: z.enum(MOMENTS),
  /** After the moment; told only if it still holds then: not acknowledged, not resolved, not yet written … */
  afterMinutes: z.number().nonnegative().max(100_000).default(0),
  level: z.number().int().min(1).max(9).default(1),
  /** Empty = all of them. */
  severities: z.array(severitySchema).default([]),
  types: z.array(slug).default([]),
  recipients: z.array(recipientSchema),
});
export type Rule = z.infer<typeof ruleSchema>;

export const ruleSetSchema = z.object({
  version: z.number().int().nonnegative().default(0),
  contacts: z.array(contactSchema),
  onCall: z.array(onCallSchema),
  rules: z.array(ruleSchema),
}).superRefine(({ contacts, onCall, rules }, context) => {
  const [people, calendars] = [new Set(contacts.map(({ id }) => id)), new Set(onCall.map(({ id }) => id))];
  const complain = (message: string, ...path: (string | number)[]): void => context.addIssue({ code: 'custom', message, path });
  if (people.size < contacts.length) complain('two contacts have the same id', 'contacts');
  if (calendars.size < onCall.length) complain('two on-call calendars have the same id', 'onCall');
  if (new Set(rules.map(({ id }) => id)).size < rules.length) complain('two rules have the same id', 'rules');
  for (const [index, { shifts, exceptions }] of onCall.entries()) {
    for (const { contact } of [...shifts, ...exceptions]) if (contact !== null && !people.has(contact)) complain(`there is no contact ${contact}`, 'onCall', index);
  }
  for (const [index, { recipients }] of rules.entries()) {
    for (const each of recipients) {
      if (each.kind === 'contact' && !people.has(each.contact)) complain(`there is no contact ${each.contact}`, 'rules', index);
      if (each.kind === 'on-call' && !calendars.has(each.calendar)) complain(`there is no on-call calendar ${each.calendar}`, 'rules', index);
    }
  }
});
export type RuleSet = z.infer<typeof ruleSetSchema>;
