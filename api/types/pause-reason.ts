import type { PauseReason as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { LanguageEnum } from './enums.ts';

const PauseReason = builder.objectRef<Row>('PauseReason').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    label: t.string({
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (reason, { language }) => (language === 'fr' ? reason.labelFr : reason.labelEn),
    }),
    productive: t.exposeBoolean('productive'),
  }),
});

builder.queryField('pauseReasons', (t) => t.field({ type: [PauseReason], resolve: (_root, _args, { directory }) => directory.configuration().pauseReasons }));
