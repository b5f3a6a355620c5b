import { USUAL_AVAILABILITY } from '../../../warehouse/incidents/context-of.ts';
import type { IncidentSettings as Row } from '../../../warehouse/operational/incidents/settings.ts';
import { builder } from '../../builder.ts';

const ComponentTarget = builder.objectRef<{ component: string; target: number }>('ComponentTarget').implement({
  fields: (t) => ({
    component: t.exposeString('component', { description: 'As in `components`' }),
    target: t.exposeFloat('target', { description: 'Share of its time that it is meant to be there' }),
  }),
});

export const IncidentSettings = builder.objectRef<Row>('IncidentSettings').implement({
  description: 'The times of the procedure',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'To be given back by whoever changes them' }),
    warnShares: t.expose('warnShares', { type: ['Float'], description: 'Of the target, at which a warning is given' }),
    conferenceMinutes: t.exposeFloat('conferenceMinutes', { description: 'After the detection; this clock never pauses' }),
    conferencePlace: t.exposeString('conferencePlace', { description: 'An address or a number; empty = none is configured' }),
    conferenceStartsAfterMinutes: t.exposeFloat('conferenceStartsAfterMinutes'),
    conferenceLastsMinutes: t.exposeFloat('conferenceLastsMinutes'),
    crisisMinutes: t.exposeFloat('crisisMinutes'),
    reportMinutes: t.exposeFloat('reportMinutes', { description: 'Between two reports of the crisis cell' }),
    reportReminderMinutes: t.exposeFloat('reportReminderMinutes', { description: 'Before a report is due' }),
    rexDays: t.exposeFloat('rexDays', { description: 'After the end of the crisis' }),
    signatureDays: t.exposeFloat('signatureDays', { description: 'How long a link to sign is good' }),
    signatureReminders: t.exposeInt('signatureReminders'),
    signatureReminderDays: t.exposeFloat('signatureReminderDays'),
    progressHours: t.exposeFloat('progressHours', { description: 'Between two progress reports of a long interruption' }),
    availability: t.field({ type: [ComponentTarget], description: 'Those that somebody has set; the others have the usual target', resolve: ({ availability }) => Object.entries(availability).map(([component, target]) => ({ component, target })) }),
    usualAvailability: t.float({ description: 'The target of a component for which nobody has set one', resolve: () => USUAL_AVAILABILITY }),
  }),
});
