import { AGENT_STATES, type AgentState } from '../../telephony/rows.ts';
import type { AgentLane as Lane, AgentTimelineQuery } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';
import { tell, withDeadline } from '../warehouse-errors.ts';
import { AgentStateSpan } from './agent-state-span.ts';
import { AgentStateEnum } from './enums.ts';

const StateTotal = builder.objectRef<{ state: AgentState; seconds: number }>('StateTotal').implement({
  fields: (t) => ({ state: t.expose('state', { type: AgentStateEnum }), seconds: t.exposeInt('seconds') }),
});

const AgentLane = builder.objectRef<Lane>('AgentLane').implement({
  description: "An agent's states inside a range",
  fields: (t) => ({
    agent: t.exposeString('agent'),
    agentName: t.exposeString('agentName'),
    teams: t.exposeStringList('teams', { complexity: 1 }),
    site: t.exposeString('site'),
    spans: t.expose('spans', { type: [AgentStateSpan], complexity: { multiplier: 20 } }),
    totals: t.field({
      type: [StateTotal],
      complexity: { multiplier: 5 },
      resolve: (lane) => AGENT_STATES.flatMap((state) => ({ state, seconds: Math.floor(lane.totals[state] ?? 0) })).filter((total) => total.seconds > 0),
    }),
    loggedSeconds: t.int({ resolve: (lane) => Math.floor(lane.loggedSeconds) }),
  }),
});

builder.queryField('agentTimeline', (t) =>
  t.field({
    type: [AgentLane],
    complexity: { field: 500, multiplier: 100 },
    args: {
      from: t.arg.string({ required: true }),
      to: t.arg.string({ required: true }),
      zone: t.arg.string(),
      tenant: t.arg.stringList(),
      site: t.arg.stringList(),
      team: t.arg.stringList(),
      agent: t.arg.stringList(),
    },
    resolve: (_root, { from, to, zone, tenant, site, team, agent }, context) => {
      const query: AgentTimelineQuery = {
        from,
        to,
        ...(zone ? { zone } : {}),
        where: { ...(tenant ? { tenant } : {}), ...(site ? { site } : {}), ...(team ? { team } : {}), ...(agent ? { agent } : {}) },
      };
      return tell(withDeadline(context, (options) => context.warehouse.agentTimeline(query, context.viewer.scope, options)));
    },
  }),
);
