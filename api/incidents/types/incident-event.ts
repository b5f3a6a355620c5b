import type { IncidentEvent as Event } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { eventInWords } from '../event-words.ts';
import { iso } from '../instants.ts';
import { wordsZone } from '../words-zone.ts';
import { IncidentEventKindEnum } from './enums.ts';

/** An event with the incident that gives its ids their names. */
export interface ToldEvent { event: Event; incident: Incident }

export const IncidentEvent = builder.objectRef<ToldEvent>('IncidentEvent').implement({
  fields: (t) => ({
    id: t.string({ resolve: ({ event }) => event.id }),
    sequence: t.int({ description: '1, 2, 3 … in order of arrival', resolve: ({ event }) => event.sequence }),
    kind: t.field({ type: IncidentEventKindEnum, resolve: ({ event }) => event.body.kind }),
    at: t.field({ type: 'DateTime', description: 'When it happened, as was said', resolve: ({ event }) => iso(event.atMs) }),
    recordedAt: t.field({ type: 'DateTime', description: 'When it was written down', resolve: ({ event }) => iso(event.recordedAtMs) }),
    by: t.string({ description: "A person's name, or `vigie`", resolve: ({ event }) => event.by }),
    words: t.string({
      args: { language: t.arg({ type: LanguageEnum, required: true }), zone: t.arg.string({ description: "IANA, of the instants that are named; default: the site's, with several sites the tenant's" }) },
      resolve: async ({ event, incident }, { language, zone }, context) => eventInWords(event.body, { language, zone: wordsZone(zone, context), incident, typeLabel: (await context.loaders.incidents.frame()).typeLabel }),
    }),
  }),
});
