import { USUAL_AVAILABILITY } from '../../../warehouse/incidents/context-of.ts';
import { COMPONENTS } from '../../../warehouse/operational/incidents/catalogue.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';

const Component = builder.objectRef<{ slug: string; fr: string; en: string }>('Component').implement({
  description: 'A part of the platform that can stand still',
  fields: (t) => ({
    slug: t.exposeString('slug'),
    availabilityTarget: t.float({ description: 'Share of its time that it is meant to be there', resolve: async ({ slug }, _args, { incidents, loaders }) => (incidents ? (await loaders.incidents.frame()).settings.availability[slug] : undefined) ?? USUAL_AVAILABILITY }),
    label: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: (row, { language }) => row[language] }),
  }),
});

builder.queryField('components', (t) => t.field({ type: [Component], resolve: () => Object.entries(COMPONENTS).map(([slug, names]) => ({ slug, ...names })) }));
