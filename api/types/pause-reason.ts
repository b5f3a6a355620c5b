import type { PauseReason as Row } from '../../telephony/configuration.ts';
import { SYSTEM_PAUSES } from '../../telephony/rows.ts';
import { builder } from '../builder.ts';
import { validAt } from '../directory.ts';
import { LanguageEnum } from './enums.ts';

const SYSTEM: ReadonlySet<string> = new Set(Object.values(SYSTEM_PAUSES));

const PauseReason = builder.objectRef<Row>('PauseReason').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    label: t.string({
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (reason, { language }) => (language === 'fr' ? reason.labelFr : reason.labelEn),
    }),
    productive: t.exposeBoolean('productive'),
    limitSeconds: t.exposeFloat('limitSeconds', { nullable: true, description: 'A longer pause needs a look; null = as long as it takes' }),
    system: t.boolean({ description: 'Given by the automaton itself: nobody can be put into it', resolve: ({ code }) => SYSTEM.has(code) }),
  }),
});

builder.queryField('pauseReasons', (t) => t.field({ type: [PauseReason], description: 'With the limits that are valid now', resolve: (_root, _args, { directory, clock }) => validAt(directory.configuration().pauseReasons, clock.nowMs()) }));
