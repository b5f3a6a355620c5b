import type { z } from 'zod';
import { incidentTypeSchema } from '../../../warehouse/operational/incidents/catalogue.ts';
import { ruleSetSchema, type recipientSchema } from '../../../warehouse/operational/incidents/rules.ts';
import { detectorSettingSchema, incidentSettingsSchema } from '../../../warehouse/operational/incidents/settings.ts';
import type { Kept } from '../../../warehouse/operational/incidents/versions.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { complaintOf } from '../complaint.ts';
import { refusedBy } from '../refusals.ts';
import { seesAll } from '../sight.ts';
import { SettingResult, type SettingOutcome } from '../types/setting-result.ts';
import { DetectorInput, IncidentRulesInput, IncidentSettingsInput, IncidentTypeInput } from './setting-inputs.ts';

/** The catalogue, who is told when, the times of the procedure, the detectors. They are everybody's: whoever sees a part only does not change them. */
builder.mutationFields((t) => ({
  putIncidentType: t.field({
    type: SettingResult,
    description: 'Changes a type of the catalogue, or adds one',
    args: { type: t.arg({ type: IncidentTypeInput, required: true }) },
    resolve: (_root, { type }, context) => put(incidentTypeSchema, { ...type, calendar: type.calendar ?? null }, context, (value, store, by) => store.putType(value, by)),
  }),
  putIncidentRules: t.field({
    type: SettingResult,
    args: { rules: t.arg({ type: IncidentRulesInput, required: true }) },
    resolve: (_root, { rules }, context) => put(ruleSetSchema, rulesOf(rules), context, (value, store, by) => store.putRules(value, by)),
  }),
  putIncidentSettings: t.field({
    type: SettingResult,
    args: { settings: t.arg({ type: IncidentSettingsInput, required: true }) },
    resolve: async (_root, { settings: { availability, ...settings } }, context) => {
      const targets = availability ? Object.fromEntries(availability.map(({ component, target }) => [component, target])) : (await context.incidents?.store.incidents.settings())?.availability;
      return put(incidentSettingsSchema, { ...settings, availability: targets }, context, (value, store, by) => store.putSettings(value, by));
    },
  }),
  putDetector: t.field({
    type: SettingResult,
    description: 'Switches a detector on or off, and tunes it',
    args: { detector: t.arg({ type: DetectorInput, required: true }) },
    resolve: async (_root, { detector: { parameters, ...rest } }, context) => {
      const known = (await context.incidents?.detectors.list())?.find(({ detector }) => detector === rest.detector);
      if (!known) return { refused: 'unknown-detector' as const };
      const foreign = parameters.find(({ name }) => !known.parameters.some((parameter) => parameter.name === name));
      if (foreign) return { refused: 'invalid' as const, detail: foreign.name.slice(0, 100) };
      const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value ?? null]));
      // A detector that cannot read its settings watches nothing.
      const complaint = context.incidents?.detectors.complaint?.(rest.detector, values) ?? null;
      if (complaint !== null) return { refused: 'invalid' as const, detail: complaint };
      return put(detectorSettingSchema, { ...rest, parameters: values }, context, (value, store, by) => store.putDetector(value, by));
    },
  }),
  retryNotification: t.field({
    type: SettingResult,
    description: 'Sends one again that was given up',
    args: { id: t.arg.string({ required: true }) },
    resolve: async (_root, { id }, context) => {
      const sent = context.incidents !== undefined && seesAll(context) && /^\d{1,15}$/.test(id) && (await context.incidents.store.notifications.retry(Number(id), context.clock.nowMs()));
      return sent ? { version: 0 } : { refused: 'unknown-notification' as const };
    },
  }),
}));

type IncidentStore = NonNullable<ApiContext['incidents']>['store']['incidents'];

async function put<S extends z.ZodType>(schema: S, given: unknown, context: ApiContext, write: (value: z.output<S>, store: IncidentStore, by: string) => Promise<Kept>): Promise<SettingOutcome> {
  if (!context.incidents || !seesAll(context)) return { refused: 'out-of-sight' };
  const { data, error } = schema.safeParse(given);
  if (error) return { refused: 'invalid', detail: complaintOf(error) };
  const answer = await write(data, context.incidents.store.incidents, context.viewer.name);
  return answer.ok ? { version: answer.version } : refusedBy(answer);
}

function rulesOf({ contacts, onCall, rules, version }: typeof IncidentRulesInput.$inferInput): z.input<typeof ruleSetSchema> {
  return {
    version,
    contacts: contacts.map((contact) => ({ ...contact, email: contact.email ?? null, tenant: contact.tenant ?? null })),
    onCall: onCall.map((calendar) => ({ ...calendar, exceptions: calendar.exceptions.map(({ from, to, contact }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), contact: contact ?? null })) })),
    rules: rules.map((rule) => ({ ...rule, recipients: rule.recipients.map(recipientOf) })),
  };
}

function recipientOf({ kind, contact, party, calendar, webhook }: typeof IncidentRulesInput.$inferInput['rules'][number]['recipients'][number]): z.input<typeof recipientSchema> {
  switch (kind) {
    case 'contact': return { kind, contact: contact ?? '' };
    case 'party': return { kind, party: party ?? 'site' };
    case 'on-call': return { kind, calendar: calendar ?? '' };
    case 'webhook': return { kind, name: webhook ?? '' };
    default: return { kind };
  }
}
