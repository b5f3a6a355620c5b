import type { Incident as Row } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { isoOrNull } from '../instants.ts';
import { refusalInWords, type Refused } from '../refusals.ts';
import { Incident } from './incident.ts';

/** What an act came to. `incident` is the newest version: null = there is none in sight, or the act is about something else. */
export type ActOutcome = { done: string; incident: Row | null } | (Refused & { incident: Row | null });

const IncidentActDone = builder.objectRef<Extract<ActOutcome, { done: string }>>('IncidentActDone').implement({
  fields: (t) => ({
    id: t.exposeString('done', { description: 'Of what was made: the event, the comment, the person, the action, the conference' }),
    incident: t.expose('incident', { type: Incident, nullable: true, description: 'As it is now' }),
  }),
});

const IncidentActRefused = builder.objectRef<Extract<ActOutcome, { refused: string }>>('IncidentActRefused').implement({
  description: 'Nothing was done',
  fields: (t) => ({
    code: t.exposeString('refused', { description: '`changed-meanwhile`: somebody else was faster; `incident` is the newest version' }),
    reason: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, description: 'In words fit for the screen', resolve: (row, { language }) => refusalInWords(row, language) }),
    by: t.string({ nullable: true, description: 'Who did what it contradicts', resolve: ({ by }) => by ?? null }),
    at: t.field({ type: 'DateTime', nullable: true, description: 'When that happened', resolve: ({ atMs }) => isoOrNull(atMs ?? null) }),
    incident: t.expose('incident', { type: Incident, nullable: true, description: 'As it is now' }),
  }),
});

export const IncidentActResult = builder.unionType('IncidentActResult', {
  types: [IncidentActDone, IncidentActRefused],
  resolveType: (outcome) => ('done' in outcome ? IncidentActDone : IncidentActRefused),
});
