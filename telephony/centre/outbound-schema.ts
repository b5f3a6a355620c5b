import { z } from 'zod';
import { campaignSchema, queueSchema, siteSchema } from '../configuration.ts';
import { outboundSchema } from '../outbound-configuration.ts';
import { duration, share, weight } from './units.ts';

/** A campaign that dials, with those who are called and what its agents make of the talks. */
export const outboundCampaignSchema = z.strictObject({
  did: campaignSchema.shape.did,
  name: z.string(),
  tenant: z.string(),
  site: z.string(),
  /** Of its own; the campaign's agents are those with the skill. */
  queue: z.number().int().positive(),
  /** A person who answered cannot wait: above that of the agents' inbound queues. */
  priority: z.number().int(),
  statusGroup: z.number().int().positive(),
  dialing: outboundSchema.strict(),
  /** Of those who are called; see `PeopleBehaviour`. */
  people: z.strictObject({
    /** Share of the dials that a person answers, by the hour of the site. */
    personShares: z.array(share).length(24),
    machineShare: share,
    busyShare: share,
    invalidShare: share,
    answerFixedSeconds: z.number().nonnegative(),
    answerMeanSeconds: z.number().nonnegative(),
    refusalSeconds: z.number().nonnegative(),
    mistakenShare: share,
    talkMeanSeconds: z.number().positive(),
    talkVariation: z.number().nonnegative(),
    wrapupMeanSeconds: z.number().nonnegative(),
  }),
  /** What agents make of a talk; group 0 are the system's own statuses. `callBack`: they promise to call again. */
  outcomes: z.array(z.strictObject({ group: z.literal(0).optional(), num: z.number().int(), weight, callBack: z.boolean().default(false) })).min(1),
  callBacks: z.strictObject({ after: duration, /** Share that the agents promise for themselves. */ ownShare: share }),
  preview: z.strictObject({ look: duration, skipShare: share }),
  contacts: z.strictObject({
    /** What a demonstration begins with. */
    fileName: z.string().min(1),
    fileSize: z.number().int().nonnegative(),
    /** Numbers of one simulated day, beside those of the file. */
    perDay: z.number().int().positive(),
    /** Beginnings in E.164 without the plus sign, and how many digits follow each: blocks that no caller of the simulation has. */
    prefixes: z.array(z.string().regex(/^\d+$/)).min(1),
    digits: z.number().int().min(3).max(7),
    /** Names are those of this site. */
    names: z.string(),
    zone: siteSchema.shape.zone,
  }),
});
export type OutboundCampaign = z.infer<typeof outboundCampaignSchema>;

interface Named {
  kind: 'tenant' | 'site' | 'calendar' | 'status' | 'list of names';
  name: string | null;
  path: (string | number)[];
}

/** The names of other parts of the centre that a campaign uses, each with its place. */
export function namesOfOutbound({ tenant, site, statusGroup, dialing, outcomes, contacts }: OutboundCampaign): Named[] {
  return [
    { kind: 'tenant', name: tenant, path: ['tenant'] },
    { kind: 'site', name: site, path: ['site'] },
    { kind: 'calendar', name: dialing.calendar, path: ['dialing', 'calendar'] },
    { kind: 'list of names', name: contacts.names, path: ['contacts', 'names'] },
    ...outcomes.map(({ group = statusGroup, num }, i): Named => ({ kind: 'status', name: `${tenant} ${group}/${num}`, path: ['outcomes', i, 'num'] })),
  ];
}

/** The core's queue of a campaign. */
export function queueOf({ queue, name, tenant, priority }: OutboundCampaign): z.input<typeof queueSchema> {
  return { number: queue, name, tenant, priority, ringTimeoutSeconds: 0, wrapupLimitSeconds: 180 };
}
