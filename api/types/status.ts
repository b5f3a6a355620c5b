import type { Status as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { allows } from '../viewer.ts';
import { LanguageEnum } from './enums.ts';

const Status = builder.objectRef<Row>('Status').implement({
  description: "A call's qualification",
  fields: (t) => ({
    tenant: t.exposeString('tenant'),
    group: t.exposeInt('group'),
    num: t.exposeInt('num'),
    detail: t.exposeInt('detail'),
    label: t.string({
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (status, { language }) => (language === 'fr' ? status.labelFr : status.labelEn),
    }),
  }),
});

builder.queryField('statuses', (t) =>
  t.field({ type: [Status], resolve: (_root, _args, { directory, viewer }) => directory.configuration().statuses.filter((row) => allows(viewer.scope.tenants, row.tenant)) }),
);
