import { z } from 'zod';

const agent = z.number().int().positive();
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
  | { ok: false; code: 'unknown-agent' | 'unknown-call' | 'unknown-queue' | 'unknown-team' | 'unknown-reason' | 'unknown-status' | 'unknown-message' | 'wrong-state' | 'no-target'; reason: string };
