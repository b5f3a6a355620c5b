import { COMPONENTS } from '../../../warehouse/operational/incidents/catalogue.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';

const Component = builder.objectRef<{ slug: string; fr: string; en: string }>('Component').implement({
  description: 'A part of the platform that can stand still',
  fields: (t) => ({
    slug: t.exposeString('slug'),
    label: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: (row, { language }) => row[language] }),
  }),
});

builder.queryField('components', (t) => t.field({ type: [Component], resolve: () => Object.entries(COMPONENTS).map(([slug, names]) => ({ slug, ...names })) }));
