import type { Campaign as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { validAt } from '../directory.ts';
import { allows } from '../viewer.ts';
import { DirectionEnum } from './enums.ts';

const Campaign = builder.objectRef<Row>('Campaign').implement({
  fields: (t) => ({
    id: t.exposeString('did', { description: "The campaign's DID" }),
    name: t.exposeString('name'),
    tenant: t.exposeString('tenant'),
    site: t.exposeString('site'),
    direction: t.expose('direction', { type: DirectionEnum }),
  }),
});

builder.queryField('campaigns', (t) =>
  t.field({
    type: [Campaign],
    description: 'Valid now',
    resolve: (_root, _args, { directory, viewer: { scope }, clock }) =>
      validAt(directory.configuration().campaigns, clock.nowMs()).filter((row) => allows(scope.tenants, row.tenant) && allows(scope.sites, row.site)),
  }),
);
