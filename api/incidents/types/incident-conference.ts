import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { iso, isoOrNull } from '../instants.ts';
import { personsOf } from '../persons.ts';
import { IncidentPerson } from './incident-person.ts';

export interface ConferenceOf { conference: Incident['conferences'][number]; incident: Incident }

export const IncidentConference = builder.objectRef<ConferenceOf>('IncidentConference').implement({
  description: "A call with the client's IT",
  fields: (t) => ({
    id: t.string({ resolve: ({ conference }) => conference.id }),
    calledAt: t.field({ type: 'DateTime', resolve: ({ conference }) => iso(conference.calledAtMs) }),
    startsAt: t.field({ type: 'DateTime', resolve: ({ conference }) => iso(conference.startsAtMs) }),
    place: t.string({ resolve: ({ conference }) => conference.place }),
    participants: t.field({ type: [IncidentPerson], resolve: ({ conference, incident }) => personsOf(incident, conference.participants) }),
    heldAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ conference }) => isoOrNull(conference.heldAtMs) }),
    minutes: t.string({ nullable: true, resolve: ({ conference }) => conference.minutes }),
  }),
});
