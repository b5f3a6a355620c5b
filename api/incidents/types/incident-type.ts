import type { IncidentType as Row } from '../../../warehouse/operational/incidents/catalogue.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { SeverityEnum } from './enums.ts';
import { IncidentAffects } from './incident-affects.ts';

export const IncidentType = builder.objectRef<Row>('IncidentType').implement({
  description: 'Of the catalogue: what causes it, what solves it, how long that may take',
  fields: (t) => {
    const language = t.arg({ type: LanguageEnum, required: true });
    const words = (fr: 'labelFr' | 'causesFr' | 'solutionFr', en: 'labelEn' | 'causesEn' | 'solutionEn') => t.string({ args: { language }, resolve: (row, args) => (args.language === 'fr' ? row[fr] : row[en]) });
    return {
      slug: t.exposeString('slug'),
      label: words('labelFr', 'labelEn'),
      causes: words('causesFr', 'causesEn'),
      solution: words('solutionFr', 'solutionEn'),
      targetMinutes: t.exposeFloat('targetMinutes'),
      severity: t.expose('severity', { type: SeverityEnum }),
      calendar: t.exposeString('calendar', { nullable: true, description: 'Hours in which the clock of the target runs; null = always' }),
      breakdown: t.exposeBoolean('breakdown', { description: "Of the platform: one that lasts calls the conference with the client's IT and opens the crisis cell" }),
      affects: t.expose('affects', { type: IncidentAffects }),
      retired: t.exposeBoolean('retired', { description: 'Not offered any more' }),
      version: t.exposeInt('version', { description: '0 = as shipped; to be given back by whoever changes it' }),
    };
  },
});
