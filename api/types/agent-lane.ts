import { AGENT_STATES, type AgentState } from '../../telephony/rows.ts';
import { onlyZone } from '../../warehouse/kpi/default-zone.ts';
import { instantOf } from '../../warehouse/kpi/resolve-query.ts';
import { ZoneClock } from '../../warehouse/kpi/zone-clock.ts';
import { builder } from '../builder.ts';
import { withPlans, type PlannedLane } from '../plan/planned-lanes.ts';
import { tell, withDeadline } from '../warehouse-errors.ts';
import { AgentStateSpan } from './agent-state-span.ts';
import { AgentStateEnum } from './enums.ts';
import { PlannedActivityRef } from './planned-activity.ts';

const StateTotal = builder.objectRef<{ state: AgentState; seconds: number }>('StateTotal').implement({
  fields: (t) => ({ state: t.expose('state', { type: AgentStateEnum }), seconds: t.exposeInt('seconds') }),
});

const AgentLane = builder.objectRef<PlannedLane>('AgentLane').implement({
  description: "An agent's states inside a range, and what was planned",
  fields: (t) => ({
    tenant: t.exposeString('tenant'),
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
    planned: t.field({
      type: [PlannedActivityRef],
      complexity: { multiplier: 6 },
      description: 'One after the other, cut to the range; empty = nothing is planned, or the range is longer than a week',
      resolve: ({ compared }) => compared.activities,
    }),
    scheduledSeconds: t.int({ description: 'Planned time up to now of which the state is known', resolve: ({ compared }) => Math.floor(compared.scheduledMs / 1000) }),
    adherentSeconds: t.int({ description: 'Of it, the time in a state that the plan asked for', resolve: ({ compared }) => Math.floor(compared.adherentMs / 1000) }),
    adherence: t.float({ nullable: true, description: 'adherentSeconds / scheduledSeconds; null = nothing planned is due yet', resolve: ({ compared: { adherentMs, scheduledMs } }) => (scheduledMs === 0 ? null : adherentMs / scheduledMs) }),
  }),
});

builder.queryField('agentTimeline', (t) =>
  t.field({
    type: [AgentLane],
    description: 'One lane for each agent with a state or a planned shift in the range',
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
    resolve: (_root, { from, to, zone: askedZone, tenant, site, team, agent }, context) => {
      const { warehouse, directory, plan, boards, clock, viewer: { scope } } = context;
      const where = { ...(tenant ? { tenant } : {}), ...(site ? { site } : {}), ...(team ? { team } : {}), ...(agent ? { agent } : {}) };
      return tell(withDeadline(context, async (options) => {
        const zone = askedZone || onlyZone(directory.configuration(), where, scope);
        const lanes = await warehouse.agentTimeline({ from, to, zone, where }, scope, options);
        const local = ZoneClock.of(zone);
        const [fromMs, toMs] = [instantOf(from, local, 'from'), instantOf(to, local, 'to')];
        return withPlans(lanes, fromMs, toMs, where, scope, { warehouse, plan, directory, live: boards.live(), nowMs: clock.nowMs() }, options);
      }));
    },
  }),
);
