import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { iso } from '../instants.ts';

export const IncidentEvidence = builder.objectRef<Incident['evidence'][number]>('IncidentEvidence').implement({
  description: 'What a detector saw',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    cleared: t.exposeBoolean('cleared', { description: 'The condition had ended' }),
    detector: t.string({ resolve: ({ evidence }) => evidence.detector }),
    text: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ evidence }, { language }) => (language === 'fr' ? evidence.textFr : evidence.textEn) }),
    values: t.field({ type: 'JSON', description: 'Figures by name', resolve: ({ evidence }) => evidence.values }),
  }),
});
