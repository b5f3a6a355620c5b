import { builder } from '../../builder.ts';
import { DETECTOR_REASONS, DETECTOR_STATES, type Detector as Row, type DetectorReason as ReasonRow } from '../../ports.ts';
import { LanguageEnum, shouted } from '../../types/enums.ts';
import { iso, isoOrNull } from '../instants.ts';

const DetectorStateEnum = builder.enumType('DetectorState', { description: 'BLIND: it fails. UNSEEN: there is nothing to watch here. WAITING: it cannot be said yet', values: shouted(DETECTOR_STATES) });
const DetectorReasonCodeEnum = builder.enumType('DetectorReasonCode', { values: shouted(Object.values(DETECTOR_REASONS).flat()) });

const DetectorReason = builder.objectRef<ReasonRow>('DetectorReason').implement({
  description: 'Why a detector tells nothing',
  fields: (t) => ({
    code: t.expose('code', { type: DetectorReasonCodeEnum }),
    minutes: t.float({ nullable: true, resolve: ({ minutes }) => minutes ?? null }),
    path: t.string({ nullable: true, resolve: ({ path }) => path ?? null }),
  }),
});

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
    reason: t.expose('reason', { type: DetectorReason, nullable: true, description: 'Why it is UNSEEN, WAITING or BLIND' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Of a BLIND one, what failed in its own words' }),
    text: t.string({ nullable: true, description: 'What it saw last', args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ textFr, textEn }, { language }) => (language === 'fr' ? textFr : textEn) }),
    incident: t.exposeInt('incident', { nullable: true, description: 'Open because of it' }),
  }),
});
