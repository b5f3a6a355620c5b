import { builder } from '../builder.ts';
import { CommandResultUnion, numberOf, send } from './send.ts';

/** Of an agent who dials by hand or from a preview, and the promise to call again. */
builder.mutationFields((t) => {
  const agent = t.arg.string({ required: true });
  const plain = (kind: 'next-contact' | 'dial-contact' | 'skip-contact', description: string) =>
    t.field({ type: CommandResultUnion, description, args: { agent }, resolve: (_root, args, context) => send({ kind, agent: numberOf(args.agent) }, context) });
  return {
    nextContact: plain('next-contact', 'The next contact to look up, in the mode in which the agent dials'),
    dialContact: plain('dial-contact', 'Dials the contact that is shown'),
    skipContact: plain('skip-contact', 'Passes over the contact that is shown'),
    callBack: t.field({
      type: CommandResultUnion,
      description: 'The person of this outbound call is to be called again at this instant: by this agent (own) or by anyone',
      args: { agent, callId: t.arg.string({ required: true }), at: t.arg({ type: 'DateTime', required: true }), own: t.arg.boolean({ required: true }) },
      resolve: (_root, { agent: id, callId, at, own }, context) => send({ kind: 'call-back', agent: numberOf(id), callId, atMs: Date.parse(at), own }, context),
    }),
  };
});
