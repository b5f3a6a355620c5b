import { countryOf, phoneParser } from '../../ingest/call-files/phone-numbers.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
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
    dialNumber: t.field({
      type: CommandResultUnion,
      description: 'Dials a number that the agent has typed, in a campaign that is dialed by hand: by the rules of its call files, the do-not-call list, hours and lock-outs among them',
      args: { agent, campaign: t.arg.string({ required: true, description: "The campaign's DID" }), number: t.arg.string({ required: true, description: "Without a country code it is a number of the country where the campaign's site is" }) },
      resolve: (_root, { agent: id, campaign, number }, context) => send({ kind: 'dial-number', agent: numberOf(id), campaign, number: dialed(number, campaign, context) }, context),
    }),
    callBack: t.field({
      type: CommandResultUnion,
      description: 'The person of this outbound call is to be called again at this instant: by this agent (own) or by anyone',
      args: { agent, callId: t.arg.string({ required: true }), at: t.arg({ type: 'DateTime', required: true }), own: t.arg.boolean({ required: true }) },
      resolve: (_root, { agent: id, callId, at, own }, context) => send({ kind: 'call-back', agent: numberOf(id), callId, atMs: Date.parse(at), own }, context),
    }),
  };
});

/** E.164; what is no number stays as it was typed, for the command to refuse. */
function dialed(typed: string, did: string, { directory }: Pick<ApiContext, 'directory'>): string {
  const site = directory.site(directory.campaign(did)?.site ?? '');
  // With its plus sign a number needs no country of its own: any will do.
  const country = countryOf(countryOfZone(site?.zone ?? '') ?? '') ?? 'FR';
  const known = phoneParser(country)(typed.trim());
  return known === null ? typed.trim() : `+${known.digits}`;
}
