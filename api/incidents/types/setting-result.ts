import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import { isoOrNull } from '../instants.ts';
import { refusalInWords, type Refused } from '../refusals.ts';

export type SettingOutcome = { version: number } | Refused;

const SettingKept = builder.objectRef<{ version: number }>('SettingKept').implement({
  fields: (t) => ({ version: t.exposeInt('version', { description: 'To be given back by whoever changes it next' }) }),
});

const SettingRefused = builder.objectRef<Refused>('SettingRefused').implement({
  description: 'Nothing was changed',
  fields: (t) => ({
    code: t.exposeString('refused', { description: '`changed-meanwhile`: somebody else was faster; ask for the newest version' }),
    reason: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, description: 'In words fit for the screen', resolve: (row, { language }) => refusalInWords(row, language) }),
    by: t.string({ nullable: true, resolve: ({ by }) => by ?? null }),
    at: t.field({ type: 'DateTime', nullable: true, resolve: ({ atMs }) => isoOrNull(atMs ?? null) }),
  }),
});

export const SettingResult = builder.unionType('SettingResult', {
  types: [SettingKept, SettingRefused],
  resolveType: (outcome) => ('version' in outcome ? SettingKept : SettingRefused),
});
