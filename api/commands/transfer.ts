import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';
import { CommandResultUnion, numberOf, send } from './send.ts';

const TransferTarget = builder.inputType('TransferTarget', {
  description: 'A queue or an agent',
  fields: (t) => ({ queue: t.string(), agent: t.string() }),
});

builder.mutationField('transfer', (t) =>
  t.field({
    type: CommandResultUnion,
    args: {
      agent: t.arg.string({ required: true }),
      consulted: t.arg.boolean({ required: true, defaultValue: false, description: 'The agent speaks with the other party first' }),
      to: t.arg({ type: TransferTarget, required: true }),
    },
    resolve: (_root, { agent, consulted, to }, context) => send({ kind: 'transfer', agent: numberOf(agent), mode: consulted ? 'consulted' : 'blind', to: target(to) }, context),
  }),
);

function target({ queue, agent }: { queue?: string | null; agent?: string | null }): { queue: number } | { agent: number } {
  if (queue && !agent) return { queue: numberOf(queue) };
  if (agent && !queue) return { agent: numberOf(agent) };
  throw new GraphQLError('a transfer goes to a queue or to an agent: name one of them', { extensions: { code: 'INVALID_QUERY' } });
}
