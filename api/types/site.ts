import type { Site as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { allows } from '../viewer.ts';

const Site = builder.objectRef<Row>('Site').implement({
  fields: (t) => ({ id: t.exposeString('id'), name: t.exposeString('name'), zone: t.exposeString('zone') }),
});

builder.queryField('sites', (t) =>
  t.field({ type: [Site], resolve: (_root, _args, { directory, viewer }) => directory.configuration().sites.filter((row) => allows(viewer.scope.sites, row.id)) }),
);
