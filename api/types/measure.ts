import type { MeasureInfo } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';
import { measuresById } from '../kpi/measures.ts';
import { BetterEnum, DimensionEnum, EmptyEnum, LanguageEnum, UnitEnum } from './enums.ts';

export const Measure = builder.objectRef<MeasureInfo>('Measure').implement({
  description: 'One definition of one number',
  fields: (t) => ({
    id: t.expose('id', { type: 'MeasureId' }),
    version: t.exposeInt('version', { description: 'Changes when the formula changes' }),
    name: t.string({
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (measure, { language }) => (language === 'fr' ? measure.nameFr : measure.nameEn),
    }),
    short: t.string({
      description: 'For tiles and table heads',
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (measure, { language }) => (language === 'fr' ? measure.shortFr : measure.shortEn),
    }),
    formula: t.string({
      description: 'The formula in words',
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (measure, { language }) => (language === 'fr' ? measure.formulaFr : measure.formulaEn),
    }),
    unit: t.expose('unit', { type: UnitEnum }),
    dimensions: t.expose('dimensions', { type: [DimensionEnum] }),
    better: t.expose('better', { type: BetterEnum }),
    empty: t.expose('empty', { type: EmptyEnum, description: 'What an interval without rows shows' }),
  }),
});

builder.queryField('measures', (t) =>
  t.field({ type: [Measure], description: 'All measures', complexity: { field: 5, multiplier: 60 }, resolve: async (_root, _args, { warehouse }) => [...(await measuresById(warehouse)).values()] }),
);
