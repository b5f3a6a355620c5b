import { z } from 'zod';
import { outboundSchema } from './outbound-configuration.ts';

const agent = z.number().int().positive();
const campaign = z.string().min(1);
const callId = z.string().regex(/^[0-9A-F]{32}$/);

/** Commands that come back through CT-Proxy, from agents and from supervisors. */
export const commandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('login'), agent }),
  z.object({ kind: z.literal('logout'), agent }),
  z.object({ kind: z.literal('ready'), agent }),
  z.object({ kind: z.literal('pause'), agent, reason: z.string().min(1) }),
  /** Accepts the ringing call. */
  z.object({ kind: z.literal('answer'), agent }),
  z.object({ kind: z.literal('hold'), agent }),
  z.object({ kind: z.literal('resume'), agent }),
  z.object({ kind: z.literal('transfer'), agent, mode: z.enum(['blind', 'consulted']), to: z.union([z.object({ queue: z.number().int().positive() }), z.object({ agent })]) }),
  /** Ends a consultation: the call passes to the consulted party, or comes back. */
  z.object({ kind: z.literal('complete-transfer'), agent }),
  z.object({ kind: z.literal('cancel-transfer'), agent }),
  z.object({ kind: z.literal('hang-up'), agent }),
  z.object({ kind: z.literal('end-wrapup'), agent }),
  /** Also later, by call id: a re-qualification. */
  z.object({ kind: z.literal('qualify'), agent, callId, group: z.number().int(), num: z.number().int(), detail: z.number().int().default(0), comments: z.string().max(500).default('') }),
  /** Outbound, by the agent: the next contact to look up (manual), to dial or to pass over the one that is shown. */
  z.object({ kind: z.literal('next-contact'), agent }),
  z.object({ kind: z.literal('dial-contact'), agent }),
  z.object({ kind: z.literal('skip-contact'), agent }),
  /** A number that the agent has typed, for a campaign that is dialed by hand. */
  z.object({ kind: z.literal('dial-number'), agent, campaign, number: z.string().regex(/^\+[1-9]\d{5,14}$/, { error: 'not a number in E.164' }) }),
  /** The person of this outbound call is to be called again at `atMs`, by this agent (`own`) or by anyone. */
  z.object({ kind: z.literal('call-back'), agent, callId, atMs: z.number().int(), own: z.boolean() }),
  z.object({ kind: z.literal('start-campaign'), supervisor: z.string().min(1), campaign }),
  /** Dials no more; ringing calls and talks go on. */
  z.object({ kind: z.literal('pause-campaign'), supervisor: z.string().min(1), campaign }),
  /** As pause, and the contacts taken ahead go back to their file. */
  z.object({ kind: z.literal('stop-campaign'), supervisor: z.string().min(1), campaign }),
  /** Until the core's end, or until the campaign's dialing is configured anew. */
  z.object({ kind: z.literal('change-dialing'), supervisor: z.string().min(1), campaign, change: z.object({
    mode: outboundSchema.shape.mode.exactOptional(),
    nuisanceLimit: z.number().gt(0).max(0.2).exactOptional(),
    maximumLines: z.number().int().positive().nullable().exactOptional(),
    ringSeconds: z.number().min(15).max(120).exactOptional(),
  }) }),
  z.object({ kind: z.literal('listen'), supervisor: z.string().min(1), agent, on: z.boolean() }),
  z.object({ kind: z.literal('record'), supervisor: z.string().min(1), agent, on: z.boolean() }),
  z.object({ kind: z.literal('message'), supervisor: z.string().min(1), to: z.union([z.object({ agent }), z.object({ team: z.string() }), z.literal('all')]), text: z.string().min(1).max(1000) }),
  z.object({ kind: z.literal('message-seen'), agent, messageId: z.string() }),
  z.object({ kind: z.literal('force-pause'), supervisor: z.string().min(1), agent, reason: z.string().min(1) }),
]);
export type Command = z.infer<typeof commandSchema>;

/** A refused command says why, in words fit for the screen, with a stable code. */
export type CommandResult =
  | { ok: true }
  | { ok: false; code: 'unknown-agent' | 'unknown-call' | 'unknown-queue' | 'unknown-team' | 'unknown-reason' | 'unknown-status' | 'unknown-message' | 'unknown-campaign' | 'wrong-state' | 'no-target' | 'no-contact'; reason: string };
