import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import type { Refused } from '../refusals.ts';
import { IncidentActResult } from '../types/act-result.ts';
import { SeverityEnum } from '../types/enums.ts';
import { ACT_ARGS, INCIDENT_ARGS } from './args.ts';
import { changedSince } from './changed-since.ts';
import { AffectsInput, LinkInput, linkOf, PersonInput } from './inputs.ts';
import { perform } from './perform.ts';

/** What is written on an incident: its head, comments, people, links. */
builder.mutationFields((t) => {
  const seen = t.arg.int({ description: 'The revision that was read: what somebody else has changed since is not overwritten' });
  const link = t.arg({ type: LinkInput, required: true });
  return {
    changeIncident: t.field({
      type: IncidentActResult,
      description: 'What is given changes. Fields that somebody else has changed since `seen` are refused as `changed-meanwhile`, others are not',
      args: {
        ...INCIDENT_ARGS, ...ACT_ARGS, seen,
        type: t.arg.string(), severity: t.arg({ type: SeverityEnum }), title: t.arg.string(), description: t.arg.string(), affects: t.arg({ type: AffectsInput }),
        startedAt: t.arg({ type: 'DateTime', description: 'null = not known' }), targetMinutes: t.arg.float(), calendar: t.arg.string({ description: 'null = always' }),
      },
      resolve: (_root, { incident, id, at, seen: revision, ...fields }, context) => {
        const { type, severity, title, description, affects, startedAt, targetMinutes, calendar } = fields;
        const change = {
          ...(type == null ? {} : { type }), ...(severity == null ? {} : { severity }), ...(title == null ? {} : { title }), ...(description == null ? {} : { description }),
          ...(affects == null ? {} : { affects }), ...(startedAt === undefined ? {} : { startedAt: startedAt === null ? null : new Date(startedAt).toISOString() }),
          ...(targetMinutes == null ? {} : { targetMinutes }), ...(calendar === undefined ? {} : { calendar }),
        };
        const unless = (row: Incident): Refused | null => (Object.keys(change).length === 0 ? { refused: 'nothing' } : changedSince(row, revision, (body) => body.kind === 'changed' && Object.keys(change).some((field) => Reflect.get(body, field) !== undefined)));
        return perform(incident, { id, at }, () => ({ kind: 'changed', ...change }), context, { unless });
      },
    }),
    commentIncident: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, text: t.arg.string({ required: true }) },
      resolve: (_root, { incident, text, ...given }, context) => perform(incident, given, () => ({ kind: 'commented', text }), context),
    }),
    editIncidentComment: t.field({
      type: IncidentActResult,
      description: 'Earlier texts are kept',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, seen, comment: t.arg.string({ required: true }), text: t.arg.string({ required: true }) },
      resolve: (_root, { incident, comment, text, seen: revision, ...given }, context) =>
        perform(incident, given, () => ({ kind: 'comment-edited', comment, text }), context, { unless: (row) => changedSince(row, revision, (body) => body.kind === 'comment-edited' && body.comment === comment) }),
    }),
    addIncidentPerson: t.field({
      type: IncidentActResult,
      description: 'Added again, what is known of the person changes',
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, person: t.arg({ type: PersonInput, required: true }) },
      resolve: (_root, { incident, person, ...given }, context) =>
        perform(incident, given, ({ id }) => ({ kind: 'person-added', person: { ...person, email: person.email ?? null, id: person.id ?? id } }), context, { made: ({ id }) => person.id ?? id }),
    }),
    removeIncidentPerson: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, person: t.arg.string({ required: true }) },
      resolve: (_root, { incident, person, ...given }, context) => perform(incident, given, () => ({ kind: 'person-removed', person }), context),
    }),
    linkToIncident: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, link },
      resolve: (_root, { incident, link: given, ...rest }, context) => perform(incident, rest, () => ({ kind: 'linked', link: linkOf(given) }), context),
    }),
    unlinkFromIncident: t.field({
      type: IncidentActResult,
      args: { ...INCIDENT_ARGS, ...ACT_ARGS, link },
      resolve: (_root, { incident, link: given, ...rest }, context) => perform(incident, rest, () => ({ kind: 'unlinked', link: linkOf(given) }), context),
    }),
  };
});
