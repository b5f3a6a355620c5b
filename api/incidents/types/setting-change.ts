import { SHIPPED_RULES } from '../../../warehouse/operational/incidents/shipped-rules.ts';
import { SHIPPED_TYPES } from '../../../warehouse/operational/incidents/shipped-types.ts';
import { incidentSettingsSchema } from '../../../warehouse/operational/incidents/settings.ts';
import { SETTING_SUBJECTS, type SettingChange as StoredChange, type SettingSubject } from '../../../warehouse/operational/incidents/versions.ts';
import { builder } from '../../builder.ts';
import { shouted } from '../../types/enums.ts';
import { iso } from '../instants.ts';
import { settingDifferences, type SettingDifference as DifferenceRow } from '../setting-differences.ts';
import { seesAll } from '../sight.ts';

const MOST = 100;

const SettingSubjectEnum = builder.enumType('SettingSubject', { values: shouted(SETTING_SUBJECTS) });

const SettingDifference = builder.objectRef<DifferenceRow>('SettingDifference').implement({
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'A field; a list and the id of a thing in it; an object and a name in it' }),
    before: t.field({ type: 'JSON', nullable: true, description: 'Null = it was not there', resolve: ({ before }) => before }),
    after: t.field({ type: 'JSON', nullable: true, resolve: ({ after }) => after }),
  }),
});

type Row = StoredChange & { before: unknown };

const SettingChange = builder.objectRef<Row>('SettingChange').implement({
  description: 'A version of a setting: who made it, and what it changed',
  fields: (t) => ({
    version: t.exposeInt('version'),
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    by: t.exposeString('by'),
    differences: t.field({ type: [SettingDifference], complexity: { multiplier: 2 }, resolve: ({ before, value }) => settingDifferences(before, value) }),
  }),
});

builder.queryField('settingHistory', (t) => t.field({
  type: [SettingChange],
  complexity: { field: 20, multiplier: 20 },
  description: `Who changed what of the rules, the times, a type or a detector: the newest first, at most ${MOST}`,
  args: { subject: t.arg({ type: SettingSubjectEnum, required: true }), key: t.arg.string({ required: true, defaultValue: '', description: 'Which type or detector' }) },
  resolve: async (_root, { subject, key }, context) => {
    if (!context.incidents || !seesAll(context)) return [];
    const versions = await context.incidents.store.incidents.history(subject, key);
    return versions.slice(0, MOST).map((change, at): Row => ({ ...change, before: versions[at + 1]?.value ?? shipped(subject, key) }));
  },
}));

/** What held before anybody changed it. */
function shipped(subject: SettingSubject, key: string): unknown {
  switch (subject) {
    case 'rules': return SHIPPED_RULES;
    case 'settings': return incidentSettingsSchema.parse({});
    case 'type': return SHIPPED_TYPES.find(({ slug }) => slug === key) ?? {};
    case 'detector': return { detector: key, on: true, parameters: {} };
  }
}
