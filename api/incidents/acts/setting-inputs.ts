import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { PartyEnum, SeverityEnum } from '../types/enums.ts';
import { MomentEnum, RecipientKindEnum } from '../types/incident-rules.ts';
import { AffectsInput } from './inputs.ts';

const version = 'That was read; 0 = as shipped, or new. Another one meanwhile refuses the change';

export const IncidentTypeInput = builder.inputType('IncidentTypeInput', {
  fields: (t) => ({
    slug: t.string({ required: true }),
    version: t.int({ required: true, description: version }),
    labelFr: t.string({ required: true }),
    labelEn: t.string({ required: true }),
    causesFr: t.string({ required: true }),
    causesEn: t.string({ required: true }),
    solutionFr: t.string({ required: true }),
    solutionEn: t.string({ required: true }),
    targetMinutes: t.float({ required: true }),
    severity: t.field({ type: SeverityEnum, required: true }),
    calendar: t.string(),
    breakdown: t.boolean({ required: true, defaultValue: true }),
    affects: t.field({ type: AffectsInput, required: true }),
    retired: t.boolean({ required: true, defaultValue: false }),
  }),
});

const ContactInput = builder.inputType('ContactInput', {
  fields: (t) => ({
    id: t.string({ required: true, description: 'A uuid' }),
    name: t.string({ required: true }),
    email: t.string(),
    party: t.field({ type: PartyEnum, required: true }),
    role: t.string({ required: true, defaultValue: '' }),
    language: t.field({ type: LanguageEnum, required: true, defaultValue: 'fr' }),
    phone: t.string({ required: true, defaultValue: '' }),
    tenant: t.string({ description: "Of a client's person: which client's" }),
    signs: t.boolean({ required: true, defaultValue: false }),
    conference: t.boolean({ required: true, defaultValue: false }),
    crisis: t.boolean({ required: true, defaultValue: false }),
  }),
});

const ShiftInput = builder.inputType('OnCallShiftInput', {
  fields: (t) => ({ weekday: t.int({ required: true }), from: t.string({ required: true }), to: t.string({ required: true }), contact: t.string({ required: true }) }),
});

const ExceptionInput = builder.inputType('OnCallExceptionInput', {
  fields: (t) => ({ from: t.field({ type: 'DateTime', required: true }), to: t.field({ type: 'DateTime', required: true }), contact: t.string() }),
});

const OnCallInput = builder.inputType('OnCallCalendarInput', {
  fields: (t) => ({
    id: t.string({ required: true }),
    label: t.string({ required: true }),
    zone: t.string({ required: true }),
    shifts: t.field({ type: [ShiftInput], required: true }),
    exceptions: t.field({ type: [ExceptionInput], required: true, defaultValue: [] }),
  }),
});

const RecipientInput = builder.inputType('RuleRecipientInput', {
  fields: (t) => ({ kind: t.field({ type: RecipientKindEnum, required: true }), contact: t.string(), party: t.field({ type: PartyEnum }), calendar: t.string(), webhook: t.string() }),
});

const RuleInput = builder.inputType('IncidentRuleInput', {
  fields: (t) => ({
    id: t.string({ required: true }),
    labelFr: t.string({ required: true }),
    labelEn: t.string({ required: true }),
    on: t.boolean({ required: true, defaultValue: true }),
    moment: t.field({ type: MomentEnum, required: true }),
    afterMinutes: t.float({ required: true, defaultValue: 0 }),
    level: t.int({ required: true, defaultValue: 1 }),
    severities: t.field({ type: [SeverityEnum], required: true, defaultValue: [] }),
    types: t.stringList({ required: true, defaultValue: [] }),
    recipients: t.field({ type: [RecipientInput], required: true }),
  }),
});

export const IncidentRulesInput = builder.inputType('IncidentRulesInput', {
  description: 'The whole of them',
  fields: (t) => ({
    version: t.int({ required: true, description: version }),
    contacts: t.field({ type: [ContactInput], required: true }),
    onCall: t.field({ type: [OnCallInput], required: true }),
    rules: t.field({ type: [RuleInput], required: true }),
  }),
});

const ComponentTargetInput = builder.inputType('ComponentTargetInput', {
  fields: (t) => ({ component: t.string({ required: true }), target: t.float({ required: true, description: 'Above 0 and below 1' }) }),
});

export const IncidentSettingsInput = builder.inputType('IncidentSettingsInput', {
  description: 'The whole of them, but for `availability`',
  fields: (t) => ({
    version: t.int({ required: true, description: version }),
    warnShares: t.floatList({ required: true }),
    conferenceMinutes: t.float({ required: true }),
    conferencePlace: t.string({ required: true }),
    conferenceStartsAfterMinutes: t.float({ required: true }),
    conferenceLastsMinutes: t.float({ required: true }),
    crisisMinutes: t.float({ required: true }),
    reportMinutes: t.float({ required: true }),
    reportReminderMinutes: t.float({ required: true }),
    rexDays: t.float({ required: true }),
    signatureDays: t.float({ required: true }),
    signatureReminders: t.int({ required: true }),
    signatureReminderDays: t.float({ required: true }),
    progressHours: t.float({ required: true }),
    availability: t.field({ type: [ComponentTargetInput], description: 'All that are not usual; left out: as they are' }),
  }),
});

const ParameterInput = builder.inputType('DetectorParameterInput', {
  fields: (t) => ({ name: t.string({ required: true }), value: t.field({ type: 'JSON', description: 'A number, a text, true or false' }) }),
});

export const DetectorInput = builder.inputType('DetectorInput', {
  fields: (t) => ({
    detector: t.string({ required: true }),
    version: t.int({ required: true, description: version }),
    on: t.boolean({ required: true }),
    parameters: t.field({ type: [ParameterInput], required: true, description: 'Those that differ from what is usual' }),
  }),
});
