import { builder } from '../../builder.ts';
import { IncidentActResult } from '../types/act-result.ts';
import { ActionListEnum, LongCauseEnum } from '../types/enums.ts';
import { ACT_ARGS, INCIDENT_ARGS } from './args.ts';
import { changedSince } from './changed-since.ts';
import { hoursBegun } from '../crisis-reports.ts';
import { perform } from './perform.ts';

/** The conference, the crisis cell, actions, the long interruption and the REX. */
builder.mutationFields((t) => {
  const person = t.arg.string({ required: true, description: 'Of the incident' });
  const action = t.arg.string({ required: true });
  const step = t.arg.string({ required: true });
  const note = t.arg.string({ required: true, defaultValue: '' });
  const text = t.arg.string({ required: true });
  const reason = t.arg.string({ required: true });
  const persons = t.arg.stringList({ required: true, description: 'Of the incident' });
  const seen = t.arg.int({ description: 'The revision that was read: what somebody else has changed since is not overwritten' });
  return {
    callConference: t.field({
      type: IncidentActResult,
      description: "Invites to a call with the client's IT",
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, startsAt: t.arg({ type: 'DateTime', required: true }), place: t.arg.string({ required: true, defaultValue: '' }), participants: persons },
      resolve: (_root, { incident, startsAt, place, participants, ...given }, context) =>
        perform(incident, given, ({ id }) => ({ kind: 'conference-called', conference: id, startsAt: new Date(startsAt).toISOString(), place, participants }), context),
    }),
    holdConference: t.field({
      type: IncidentActResult,
      description: 'Writes the minutes of a conference, and who was there',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, conference: t.arg.string({ required: true }), minutes: text, participants: persons },
      resolve: (_root, { incident, conference, minutes, participants, ...given }, context) => perform(incident, given, () => ({ kind: 'conference-held', conference, minutes, participants }), context),
    }),
    openCrisis: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, members: persons },
      resolve: (_root, { incident, members, ...given }, context) => perform(incident, given, () => ({ kind: 'crisis-opened', members }), context),
    }),
    addCrisisMember: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, person },
      resolve: (_root, { incident, person: id, ...given }, context) => perform(incident, given, () => ({ kind: 'crisis-member-added', person: id }), context),
    }),
    removeCrisisMember: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, person },
      resolve: (_root, { incident, person: id, ...given }, context) => perform(incident, given, () => ({ kind: 'crisis-member-removed', person: id }), context),
    }),
    writeCrisisReport: t.field({
      type: IncidentActResult,
      description: 'A late one is written all the same',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, hour: t.arg.int({ required: true }), text },
      resolve: async (_root, { incident, hour, text: words, ...given }, context) => {
        const everyMs = context.incidents ? (await context.loaders.incidents.frame()).settings.reportMinutes * 60_000 : 1;
        return perform(incident, given, () => ({ kind: 'crisis-report', hour, text: words }), context, {
          unless: ({ crisis }) => {
            const other = crisis?.reports.find((report) => report.hour === hour);
            if (other) return { refused: 'already-done', by: other.by, atMs: other.atMs };
            return crisis && hour > hoursBegun(crisis, { nowMs: context.clock.nowMs(), everyMs }) ? { refused: 'invalid', detail: `hour: ${hour}` } : null;
          },
        });
      },
    }),
    endCrisis: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, note },
      resolve: (_root, { incident, note: words, ...given }, context) => perform(incident, given, () => ({ kind: 'crisis-ended', note: words }), context),
    }),
    addIncidentAction: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, list: t.arg({ type: ActionListEnum, required: true }), text, owner: t.arg.string({ required: true }), dueAt: t.arg({ type: 'DateTime', required: true }) },
      resolve: (_root, { incident, list, text: words, owner, dueAt, ...given }, context) =>
        perform(incident, given, ({ id }) => ({ kind: 'action-added', action: id, list, text: words, owner, dueAt: new Date(dueAt).toISOString() }), context),
    }),
    changeIncidentAction: t.field({
      type: IncidentActResult,
      description: 'What is given changes',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, seen, action, text: t.arg.string(), owner: t.arg.string(), dueAt: t.arg({ type: 'DateTime' }) },
      resolve: (_root, { incident, seen: revision, action: id, text: words, owner, dueAt, ...given }, context) => {
        const change = { ...(words == null ? {} : { text: words }), ...(owner == null ? {} : { owner }), ...(dueAt == null ? {} : { dueAt: new Date(dueAt).toISOString() }) };
        return perform(incident, given, () => ({ kind: 'action-changed', action: id, ...change }), context, {
          unless: (row) => (Object.keys(change).length === 0 ? { refused: 'nothing' } : changedSince(row, revision, (body) => body.kind === 'action-changed' && body.action === id)),
        });
      },
    }),
    finishIncidentAction: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, action, note },
      resolve: (_root, { incident, action: id, note: words, ...given }, context) => perform(incident, given, () => ({ kind: 'action-done', action: id, note: words }), context),
    }),
    reopenIncidentAction: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, action, reason },
      resolve: (_root, { incident, action: id, reason: words, ...given }, context) => perform(incident, given, () => ({ kind: 'action-reopened', action: id, reason: words }), context),
    }),
    declareLongInterruption: t.field({
      type: IncidentActResult,
      description: '24 to 72 hours without the platform: another procedure',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, cause: t.arg({ type: LongCauseEnum, required: true }), note },
      resolve: (_root, { incident, cause, note: words, ...given }, context) => perform(incident, given, () => ({ kind: 'long-interruption-declared', cause, note: words }), context),
    }),
    finishInterruptionStep: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, step, note },
      resolve: (_root, { incident, step: slug, note: words, ...given }, context) => perform(incident, given, () => ({ kind: 'step-done', step: slug, note: words }), context),
    }),
    reopenInterruptionStep: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, step, reason },
      resolve: (_root, { incident, step: slug, reason: words, ...given }, context) => perform(incident, given, () => ({ kind: 'step-undone', step: slug, reason: words }), context),
    }),
    reportProgress: t.field({
      type: IncidentActResult,
      description: "Of a long interruption, to the client's IT",
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, text },
      resolve: (_root, { incident, text: words, ...given }, context) => perform(incident, given, () => ({ kind: 'progress-reported', text: words }), context),
    }),
    writeRex: t.field({
      type: IncidentActResult,
      description: 'Another version meanwhile refuses this one as `changed-meanwhile`',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, basedOn: t.arg.string({ description: 'The version that was read; null = there was none' }), impact: note, causes: note, wentWell: note, wentBadly: note },
      resolve: (_root, { incident, basedOn, impact, causes, wentWell, wentBadly, ...given }, context) =>
        perform(incident, given, () => ({ kind: 'rex-written', basedOn: basedOn ?? null, impact, causes, wentWell, wentBadly }), context),
    }),
    approveRex: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS },
      resolve: (_root, { incident, ...given }, context) => perform(incident, given, () => ({ kind: 'rex-approved' }), context),
    }),
  };
});
