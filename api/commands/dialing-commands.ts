import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';
import { DialingModeEnum } from '../types/enums.ts';
import { CommandResultUnion, send } from './send.ts';

/** Of a supervisor, for a campaign that dials. */
builder.mutationFields((t) => {
  const campaign = t.arg.string({ required: true, description: "The campaign's DID" });
  const plain = (kind: 'start-campaign' | 'pause-campaign' | 'stop-campaign', description: string) =>
    t.field({ type: CommandResultUnion, description, args: { campaign }, resolve: (_root, args, context) => send({ kind, supervisor: context.viewer.name, campaign: args.campaign }, context) });
  return {
    startCampaign: plain('start-campaign', 'Dials from now on'),
    pauseCampaign: plain('pause-campaign', 'Dials no more; ringing calls and talks go on'),
    stopCampaign: plain('stop-campaign', 'As pause, and the contacts taken ahead go back to their file'),
    changeDialing: t.field({
      type: CommandResultUnion,
      description: "What is given changes, until the core's end or until the campaign's dialing is configured anew",
      args: {
        campaign,
        mode: t.arg({ type: DialingModeEnum }),
        nuisanceLimit: t.arg.float({ description: 'Share, above 0 and at most 0.2' }),
        maximumLines: t.arg.int({ description: "null = as many as the site's gateways have" }),
        ringSeconds: t.arg.float({ description: '15 to 120' }),
      },
      resolve: (_root, { campaign: id, mode, nuisanceLimit, maximumLines, ringSeconds }, context) => {
        const change = {
          ...(mode == null ? {} : { mode }),
          ...(nuisanceLimit == null ? {} : { nuisanceLimit }),
          ...(maximumLines === undefined ? {} : { maximumLines }),
          ...(ringSeconds == null ? {} : { ringSeconds }),
        };
        if (Object.keys(change).length === 0) throw new GraphQLError('nothing to change was given', { extensions: { code: 'INVALID_QUERY' } });
        return send({ kind: 'change-dialing', supervisor: context.viewer.name, campaign: id, change }, context);
      },
    }),
  };
});
