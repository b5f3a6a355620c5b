import { z } from 'zod';

/** What an outbound campaign adds to a campaign: how it dials, whom, when, and within which limits. */

const seconds = z.number().nonnegative();

/**
 * What became of an attempt to reach a contact.
 *
 * `passed`: a person who got an agent · `nuisance`: a person answered and got none in time, or hung up while waiting for one ·
 * `machine`: an answering machine, or a person taken for one · `cancelled`: hung up by the dialer, or by the agent, while it rang ·
 * `interrupted`: the core died under it, or stopped.
 */
export const ATTEMPT_RESULTS = ['passed', 'nuisance', 'machine', 'busy', 'invalid', 'no-answer', 'cancelled', 'interrupted'] as const;
export type AttemptResult = (typeof ATTEMPT_RESULTS)[number];

export const DIALING_MODES = ['manual', 'preview', 'progressive', 'predictive'] as const;
export type DialingMode = (typeof DIALING_MODES)[number];

const recyclingRule = z.object({
  /** The number rests so long before the next attempt. */
  afterSeconds: seconds,
  /** Attempts with this result after which the contact is exhausted; 0 = it is never tried again. */
  most: z.number().int().nonnegative(),
});

const recyclingSchema = z.partialRecord(z.enum(['machine', 'busy', 'invalid', 'no-answer', 'cancelled', 'interrupted', 'nuisance']), recyclingRule);

/** When a contact that was not reached is tried again. */
export const STANDARD_RECYCLING = {
  machine: { afterSeconds: 4 * 3600, most: 4 },
  busy: { afterSeconds: 900, most: 4 },
  invalid: { afterSeconds: 0, most: 0 },
  'no-answer': { afterSeconds: 2 * 3600, most: 4 },
  cancelled: { afterSeconds: 2 * 3600, most: 4 },
  interrupted: { afterSeconds: 3600, most: 4 },
  nuisance: { afterSeconds: 72 * 3600, most: 2 },
} satisfies z.infer<typeof recyclingSchema>;

export const outboundSchema = z.object({
  /**
   * `manual`: the agent asks for a contact, looks it up and dials · `preview`: the next contact is put before a ready agent, who dials or skips it ·
   * `progressive`: one number for each agent who is ready · `predictive`: as many numbers as the nuisance limit allows, before agents are ready.
   */
  mode: z.enum(DIALING_MODES),
  /** Dials from the start; otherwise a supervisor starts it. */
  active: z.boolean().default(true),
  /** The number that is shown to the called party. */
  callerNumber: z.string().min(1),
  /** An unanswered call is given up after this, and not before 15 s. */
  ringSeconds: z.number().min(15).max(120).default(25),
  /** Tells machines from persons (progressive and predictive; in the other modes the agent listens). */
  machineDetection: z.boolean().default(true),
  /** An answering machine is recognised so long after it has answered. */
  machineSeconds: z.number().min(0.5).max(10).default(3),
  /** How long a person who answered may wait for an agent before the call is a nuisance call. */
  patienceSeconds: z.number().min(0).max(10).default(2),
  /** Highest share of nuisance calls: dropped / (dropped + passed to an agent). */
  nuisanceLimit: z.number().gt(0).max(0.2).default(0.03),
  /** Windows in each of which the limit holds. */
  nuisanceWindowHours: z.array(z.number().positive().max(24 * 31)).min(1).max(4).default([24, 720]),
  /** A person who had a nuisance call is not dialed again before this. */
  lockoutSeconds: seconds.default(72 * 3600),
  /** Played to a person for whom no agent is free, and its length. */
  message: z.string().min(1).default('no-agent'),
  messageSeconds: z.number().min(0).max(60).default(6),
  /** Days and hours, told in the called party's own zone; null = at any time. */
  calendar: z.string().nullable().default(null),
  /** A number is dialed at most so often in any so many days, by all campaigns of the tenant together. */
  attempts: z.array(z.object({ most: z.number().int().positive(), days: z.number().positive().max(366) })).default([{ most: 4, days: 30 }]),
  /** Instead of {@link STANDARD_RECYCLING}, result by result. */
  recycling: recyclingSchema.default({}),
  /** Statuses (of the campaign's group) after which a contact is dialed again later, as a follow-up. */
  followUps: z.array(z.object({ num: z.number().int(), afterSeconds: seconds })).default([]),
  /** A call-back that one agent promised, and has not made so long after its time, is anybody's: the agent may have left. */
  ownCallBackSeconds: seconds.default(30 * 60),
  /** Lines that it may use at once, talks included; null = as many as the site's gateways have. */
  maximumLines: z.number().int().positive().nullable().default(null),
});
export type Outbound = z.infer<typeof outboundSchema>;
