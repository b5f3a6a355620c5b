import type { Agent as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { validAt } from '../directory.ts';
import { allows } from '../viewer.ts';

const Skill = builder.objectRef<Row['skills'][number]>('Skill').implement({
  fields: (t) => ({ queue: t.string({ resolve: (skill) => String(skill.queue) }), level: t.exposeInt('level', { description: '1 = lowest, 9 = best' }) }),
});

const Agent = builder.objectRef<Row>('Agent').implement({
  fields: (t) => ({
    id: t.string({ resolve: (agent) => String(agent.number) }),
    name: t.exposeString('name'),
    tenant: t.exposeString('tenant'),
    site: t.exposeString('site'),
    teams: t.exposeStringList('teams', { complexity: 1, description: 'The first is the one shown' }),
    skills: t.expose('skills', { type: [Skill], complexity: { multiplier: 4 } }),
  }),
});

builder.queryField('agents', (t) =>
  t.field({
    type: [Agent],
    description: 'Valid now',
    complexity: { multiplier: 100 },
    resolve: (_root, _args, { directory, viewer: { scope }, clock }) =>
      validAt(directory.configuration().agents, clock.nowMs()).filter(
        (row) => allows(scope.tenants, row.tenant) && allows(scope.sites, row.site) && (scope.teams === 'all' || row.teams.some((team) => allows(scope.teams, team))),
      ),
  }),
);
