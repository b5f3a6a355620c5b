import { z } from 'zod';
import { DIALING_MODES } from '../../telephony/outbound-configuration.ts';
import { AGENT_STATES } from '../../telephony/rows.ts';
import type { LiveEvent } from '../../telephony/live.ts';

/** The core's live events, as they come in from another process. */

const agent = z.object({
  agent: z.number(), tenant: z.string(), site: z.string(), teams: z.array(z.string()), state: z.enum(AGENT_STATES), sinceMs: z.number(),
  pauseReason: z.string(), pendingPause: z.string(), loggedInSinceMs: z.number().nullable(), callId: z.string(), queue: z.number(), campaign: z.string(),
  answeredToday: z.number(), arguedToday: z.number(), positiveToday: z.number(), recorded: z.boolean(), listenedBy: z.array(z.string()),
  preview: z.object({ contact: z.number(), number: z.string(), campaign: z.string(), fields: z.record(z.string(), z.string()) }).exactOptional(),
});

const waiter = z.object({ callId: z.string(), sinceMs: z.number(), caller: z.string(), priority: z.number() });

const queue = z.object({
  queue: z.number(), tenant: z.string(), open: z.boolean(), waiters: z.array(waiter),
  agentsLoggedIn: z.number(), agentsReady: z.number(), agentsTalking: z.number(), targetSeconds: z.number(),
});

const estimate = z.number().nullable();
const dialer = z.object({
  mode: z.enum(DIALING_MODES), state: z.enum(['running', 'paused', 'stopped']), nuisanceLimit: z.number(), ringSeconds: z.number(), maximumLines: z.number().nullable(),
  agents: z.object({ ready: z.number(), preview: z.number(), dialing: z.number(), talking: z.number(), wrapup: z.number(), busy: z.number(), pause: z.number() }),
  lines: z.number(), ringing: z.number(), contactsLeft: z.number(),
  dialed: z.number(), persons: z.number(), passed: z.number(), nuisance: z.number(), machines: z.number(),
  nuisanceWindows: z.array(z.object({ hours: z.number(), nuisance: z.number(), passed: z.number(), share: estimate })),
  talkSeconds: z.number(), agentSeconds: z.number(), contactsOpen: z.number().nullable(), fileEndsAtMs: z.number().nullable(),
  why: z.object({
    bound: z.enum(['agents', 'contacts', 'lines', 'risk', 'warm-up', 'budget', 'change', 'level']), level: z.number(), ready: z.number(), ringing: z.number(),
    answerShare: estimate, answerSeconds: estimate, talkSeconds: estimate, wrapupSeconds: estimate, horizonSeconds: estimate,
    expectedAnswers: estimate, expectedFree: estimate, expectedDrops: estimate, expectedIdle: estimate, risk: estimate, riskAllowed: estimate,
    nuisanceLeft: estimate, nuisance: z.array(estimate),
  }).nullable(),
});

const campaign = z.object({
  campaign: z.string(), tenant: z.string(), direction: z.enum(['inbound', 'outbound']),
  callsInProgress: z.number(), inIvr: z.number(), inQueue: z.number(), withAgent: z.number(), dialer: dialer.exactOptional(),
});

const minutes = z.array(z.object({
  fromMs: z.number(), dialed: z.number(), persons: z.number(), passed: z.number(), nuisance: z.number(), machines: z.number(),
  agents: z.number(), readyAgents: z.number(), lines: z.number(), talkSeconds: z.number(),
}));

const gateway = z.object({ gateway: z.string(), site: z.string(), channels: z.number(), busyChannels: z.number(), refused: z.number() });

const message = z.object({
  messageId: z.string(), atMs: z.number(), from: z.string(), to: z.union([z.object({ agent: z.number() }), z.object({ team: z.string() }), z.literal('all')]),
  text: z.string(), general: z.object({ code: z.enum(['campaign-begun', 'campaign-ended']), campaign: z.string() }).nullable(),
  sentAtMs: z.number(), seenBy: z.array(z.object({ agent: z.number(), atMs: z.number() })),
});

const place = { version: z.number().int(), run: z.string(), atMs: z.number() };
const named = <Entry extends z.ZodType>(entry: Entry) => z.record(z.string(), entry);
const changed = <Entry extends z.ZodType>(entry: Entry) => named(entry.nullable()).exactOptional();

export const liveEventSchema: z.ZodType<LiveEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), state: z.object({ ...place, agents: named(agent), queues: named(queue), campaigns: named(campaign), gateways: named(gateway), dialing: named(minutes).exactOptional(), messages: z.array(message) }) }),
  z.object({ kind: z.literal('change'), change: z.object({ ...place, agents: changed(agent), queues: changed(queue), campaigns: changed(campaign), gateways: changed(gateway), dialing: changed(minutes), messages: z.array(message).exactOptional() }) }),
]);
