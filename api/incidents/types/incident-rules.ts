import type { OnCall as OnCallRow } from '../../../warehouse/operational/incidents/on-call.ts';
import { MOMENTS, type Contact as ContactRow, type Rule as RuleRow, type RuleSet } from '../../../warehouse/operational/incidents/rules.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum, shouted } from '../../types/enums.ts';
import { PartyEnum, SeverityEnum } from './enums.ts';
import { Person } from './person.ts';

export const MomentEnum = builder.enumType('IncidentMoment', { values: shouted(MOMENTS) });
export const RecipientKindEnum = builder.enumType('RecipientKind', { values: shouted(['contact', 'party', 'involved', 'on-call', 'webhook']) });

const Contact = builder.objectRef<ContactRow>('Contact').implement({
  description: 'A person whom the house knows',
  interfaces: [Person],
  fields: (t) => ({
    phone: t.exposeString('phone'),
    tenant: t.exposeString('tenant', { nullable: true, description: "Of a client's person: which client's. Incidents of others are not told to it; null = of all" }),
    conference: t.exposeBoolean('conference', { description: 'Invited to every conference' }),
    crisis: t.exposeBoolean('crisis', { description: 'A member of every crisis cell' }),
  }),
});

const Shift = builder.objectRef<OnCallRow['shifts'][number]>('OnCallShift').implement({
  fields: (t) => ({
    weekday: t.exposeInt('weekday', { description: '1 = Monday' }),
    from: t.exposeString('from', { description: "HH:mm on the calendar's wall clock" }),
    to: t.exposeString('to', { description: 'Not after `from` = on the next day' }),
    contact: t.exposeString('contact'),
  }),
});

const Exception = builder.objectRef<OnCallRow['exceptions'][number]>('OnCallException').implement({
  description: 'Instead of the shifts',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime' }),
    to: t.expose('to', { type: 'DateTime' }),
    contact: t.exposeString('contact', { nullable: true, description: 'Null = nobody' }),
  }),
});

const OnCall = builder.objectRef<OnCallRow>('OnCallCalendar').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    label: t.exposeString('label'),
    zone: t.exposeString('zone'),
    shifts: t.expose('shifts', { type: [Shift], complexity: { multiplier: 14 } }),
    exceptions: t.expose('exceptions', { type: [Exception] }),
  }),
});

const Recipient = builder.objectRef<RuleRow['recipients'][number]>('RuleRecipient').implement({
  fields: (t) => ({
    kind: t.expose('kind', { type: RecipientKindEnum }),
    contact: t.string({ nullable: true, resolve: (row) => (row.kind === 'contact' ? row.contact : null) }),
    party: t.field({ type: PartyEnum, nullable: true, description: 'All contacts of it', resolve: (row) => (row.kind === 'party' ? row.party : null) }),
    calendar: t.string({ nullable: true, description: 'Of whoever is on call', resolve: (row) => (row.kind === 'on-call' ? row.calendar : null) }),
    webhook: t.string({ nullable: true, resolve: (row) => (row.kind === 'webhook' ? row.name : null) }),
  }),
});

const Rule = builder.objectRef<RuleRow>('IncidentRule').implement({
  description: 'Who is told when',
  fields: (t) => ({
    id: t.exposeString('id'),
    label: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ labelFr, labelEn }, { language }) => (language === 'fr' ? labelFr : labelEn) }),
    on: t.exposeBoolean('on'),
    moment: t.expose('moment', { type: MomentEnum }),
    afterMinutes: t.exposeFloat('afterMinutes', { description: 'After the moment, if it still holds then' }),
    level: t.exposeInt('level'),
    severities: t.expose('severities', { type: [SeverityEnum], description: 'Empty = all of them' }),
    types: t.exposeStringList('types', { description: 'Empty = all of them' }),
    recipients: t.expose('recipients', { type: [Recipient] }),
  }),
});

export const IncidentRules = builder.objectRef<RuleSet>('IncidentRules').implement({
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'To be given back by whoever changes them' }),
    contacts: t.expose('contacts', { type: [Contact], complexity: { multiplier: 30 } }),
    onCall: t.expose('onCall', { type: [OnCall], complexity: { multiplier: 3 } }),
    rules: t.expose('rules', { type: [Rule], complexity: { multiplier: 20 } }),
  }),
});
