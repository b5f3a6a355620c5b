import type { Tenant as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { allows } from '../viewer.ts';

const Tenant = builder.objectRef<Row>('Tenant').implement({
  fields: (t) => ({ id: t.exposeString('id'), name: t.exposeString('name'), zone: t.exposeString('zone') }),
});

builder.queryField('tenants', (t) =>
  t.field({
    type: [Tenant],
    resolve: (_root, _args, { directory, viewer }) => directory.configuration().tenants.filter((row) => allows(viewer.scope.tenants, row.id)),
  }),
);
