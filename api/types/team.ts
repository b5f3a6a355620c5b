import type { Team as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { allows } from '../viewer.ts';

const Team = builder.objectRef<Row>('Team').implement({
  fields: (t) => ({ id: t.exposeString('id'), name: t.exposeString('name'), site: t.exposeString('site'), tenant: t.exposeString('tenant') }),
});

builder.queryField('teams', (t) =>
  t.field({
    type: [Team],
    resolve: (_root, _args, { directory, viewer: { scope } }) =>
      directory.configuration().teams.filter((row) => allows(scope.teams, row.id) && allows(scope.tenants, row.tenant) && allows(scope.sites, row.site)),
  }),
);
