import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';
import { CommandResultUnion, numberOf, send } from './send.ts';

builder.mutationFields((t) => ({
  listen: t.field({
    type: CommandResultUnion,
    args: { agent: t.arg.string({ required: true }), on: t.arg.boolean({ required: true }) },
    resolve: (_root, { agent, on }, context) => send({ kind: 'listen', supervisor: context.viewer.name, agent: numberOf(agent), on }, context),
  }),
  record: t.field({
    type: CommandResultUnion,
    args: { agent: t.arg.string({ required: true }), on: t.arg.boolean({ required: true }) },
    resolve: (_root, { agent, on }, context) => send({ kind: 'record', supervisor: context.viewer.name, agent: numberOf(agent), on }, context),
  }),
  forcePause: t.field({
    type: CommandResultUnion,
    args: { agent: t.arg.string({ required: true }), reason: t.arg.string({ required: true, description: "A pause reason's code" }) },
    resolve: (_root, { agent, reason }, context) => send({ kind: 'force-pause', supervisor: context.viewer.name, agent: numberOf(agent), reason }, context),
  }),
  message: t.field({
    type: CommandResultUnion,
    description: 'To an agent, to a team, or with neither to everybody',
    args: { toAgent: t.arg.string(), toTeam: t.arg.string(), text: t.arg.string({ required: true }) },
    resolve: (_root, { toAgent, toTeam, text }, context) => send({ kind: 'message', supervisor: context.viewer.name, to: addressee(toAgent, toTeam), text }, context),
  }),
}));

function addressee(agent: string | null | undefined, team: string | null | undefined): 'all' | { agent: number } | { team: string } {
  if (agent != null && team != null) throw new GraphQLError('a message goes to an agent or to a team, not to both', { extensions: { code: 'INVALID_QUERY' } });
  if (agent != null) return { agent: numberOf(agent) };
  // An empty name is not everybody.
  return team == null ? 'all' : { team };
}
