import { builder } from '../builder.ts';
import { CommandResultUnion, numberOf, send } from './send.ts';

/** Commands that name nothing but the agent. */
const PLAIN = {
  login: 'login',
  logout: 'logout',
  ready: 'ready',
  answer: 'answer',
  hold: 'hold',
  resume: 'resume',
  completeTransfer: 'complete-transfer',
  cancelTransfer: 'cancel-transfer',
  hangUp: 'hang-up',
  endWrapup: 'end-wrapup',
} as const;

builder.mutationFields((t) => {
  const agent = t.arg.string({ required: true });
  const plain = (field: keyof typeof PLAIN) =>
    t.field({ type: CommandResultUnion, args: { agent }, resolve: (_root, args, context) => send({ kind: PLAIN[field], agent: numberOf(args.agent) }, context) });
  return {
    login: plain('login'),
    logout: plain('logout'),
    ready: plain('ready'),
    answer: plain('answer'),
    hold: plain('hold'),
    resume: plain('resume'),
    completeTransfer: plain('completeTransfer'),
    cancelTransfer: plain('cancelTransfer'),
    hangUp: plain('hangUp'),
    endWrapup: plain('endWrapup'),
    pause: t.field({
      type: CommandResultUnion,
      args: { agent, reason: t.arg.string({ required: true, description: "A pause reason's code" }) },
      resolve: (_root, args, context) => send({ kind: 'pause', agent: numberOf(args.agent), reason: args.reason }, context),
    }),
    messageSeen: t.field({
      type: CommandResultUnion,
      args: { agent, messageId: t.arg.string({ required: true }) },
      resolve: (_root, args, context) => send({ kind: 'message-seen', agent: numberOf(args.agent), messageId: args.messageId }, context),
    }),
    qualify: t.field({
      type: CommandResultUnion,
      description: 'Also later: a re-qualification',
      args: {
        agent,
        callId: t.arg.string({ required: true }),
        group: t.arg.int({ required: true }),
        num: t.arg.int({ required: true }),
        detail: t.arg.int({ required: true, defaultValue: 0 }),
        comments: t.arg.string({ required: true, defaultValue: '' }),
      },
      resolve: (_root, { agent: id, ...rest }, context) => send({ kind: 'qualify', agent: numberOf(id), ...rest }, context),
    }),
  };
});
