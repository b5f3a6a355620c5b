import { builder } from '../../builder.ts';
import { DETECTOR_STATES, type Detector as Row } from '../../ports.ts';
import { LanguageEnum, shouted } from '../../types/enums.ts';
import { iso, isoOrNull } from '../instants.ts';

const DetectorStateEnum = builder.enumType('DetectorState', { description: 'BLIND: it cannot see what it watches', values: shouted(DETECTOR_STATES) });

const DetectorParameter = builder.objectRef<Row['parameters'][number]>('DetectorParameter').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    label: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ labelFr, labelEn }, { language }) => (language === 'fr' ? labelFr : labelEn) }),
    unit: t.exposeString('unit', { description: 'Such as min or %; empty = none' }),
    value: t.field({ type: 'JSON', nullable: true, resolve: ({ value }) => value }),
    usual: t.field({ type: 'JSON', nullable: true, description: 'Unless it is set', resolve: ({ usual }) => usual }),
  }),
});

export const Detector = builder.objectRef<Row>('Detector').implement({
  description: 'Watches the platform, and opens an incident',
  fields: (t) => ({
    detector: t.exposeString('detector'),
    label: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ labelFr, labelEn }, { language }) => (language === 'fr' ? labelFr : labelEn) }),
    on: t.exposeBoolean('on'),
    type: t.exposeString('type', { description: 'Of the incident that it opens' }),
    parameters: t.expose('parameters', { type: [DetectorParameter] }),
    version: t.exposeInt('version', { description: 'To be given back by whoever changes it' }),
    state: t.expose('state', { type: DetectorStateEnum }),
    since: t.field({ type: 'DateTime', nullable: true, description: 'It is in this state', resolve: ({ sinceMs }) => isoOrNull(sinceMs) }),
    checkedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ checkedAtMs }) => (checkedAtMs === null ? null : iso(checkedAtMs)) }),
    text: t.string({ nullable: true, description: 'What it saw last', args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ textFr, textEn }, { language }) => (language === 'fr' ? textFr : textEn) }),
    incident: t.exposeInt('incident', { nullable: true, description: 'Open because of it' }),
  }),
});
