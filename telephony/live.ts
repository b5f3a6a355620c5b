import type { DialingMode } from './outbound-configuration.ts';
import type { PacingReason } from './dialer/pacing.ts';
import type { AgentState } from './rows.ts';

/**
 * The live state that CT-Proxy publishes: a snapshot, then changes, at most four a second and
 * at least one in five seconds, which has no entries where nothing happened. Everything
 * is plain data (structured clone, JSON). Times are epoch milliseconds of the core's clock.
 */

export interface LiveAgent {
  agent: number;
  tenant: string;
  site: string;
  teams: string[];
  state: AgentState;
  sinceMs: number;
  pauseReason: string;
  /** Reason of the pause that a supervisor ordered for after the call in hand, '' = none. */
  pendingPause: string;
  /** Since login; null = logged out. */
  loggedInSinceMs: number | null;
  /** The call in hand, '' = none, with its queue (0 = none) and campaign. */
  callId: string;
  queue: number;
  campaign: string;
  /** Calls taken since midnight of the site, under earlier runs of the core too; so are the next two. */
  answeredToday: number;
  /** Argued contacts (CA, positive ones included) and positive contacts (CP) since midnight of the site. */
  arguedToday: number;
  positiveToday: number;
  /** Supervisors' marks. */
  recorded: boolean;
  listenedBy: string[];
  /** The contact that is shown before it is dialed. */
  preview?: { contact: number; number: string; campaign: string; fields: Record<string, string> };
}

export interface LiveWaiter {
  callId: string;
  sinceMs: number;
  caller: string;
  priority: number;
}

export interface LiveQueue {
  queue: number;
  tenant: string;
  open: boolean;
  /** In order of service. Ringing calls are still waiting. */
  waiters: LiveWaiter[];
  /** Agents with the skill: logged in, ready. */
  agentsLoggedIn: number;
  agentsReady: number;
  /** Agents who hold a call of this queue, on hold too. */
  agentsTalking: number;
  /** Longest share of the target used and other figures are left to the reader: they move with the clock. */
  targetSeconds: number;
}

export interface LiveCampaign {
  campaign: string;
  tenant: string;
  direction: 'inbound' | 'outbound';
  callsInProgress: number;
  inIvr: number;
  inQueue: number;
  withAgent: number;
  /** Of a campaign that dials. */
  dialer?: LiveDialer;
}

/** Nuisance calls in the `hours` that end now, under earlier runs of the core too. */
export interface LiveNuisanceWindow {
  hours: number;
  nuisance: number;
  passed: number;
  /** nuisance / (nuisance + passed); null = nobody answered. */
  share: number | null;
}

/** How an outbound campaign dials at this moment. Counts are since the core started. */
export interface LiveDialer {
  mode: DialingMode;
  state: 'running' | 'paused' | 'stopped';
  nuisanceLimit: number;
  ringSeconds: number;
  maximumLines: number | null;
  /** With the skill for its queue, by what they do; talks and wrap-ups of other campaigns are `busy`. */
  agents: { ready: number; preview: number; dialing: number; talking: number; wrapup: number; busy: number; pause: number };
  /** Calls that hold a line, talks included; of these, dials of which nobody knows yet who answers. */
  lines: number;
  ringing: number;
  /** May be dialed now, as far as the core knows. */
  contactsLeft: number;
  dialed: number;
  persons: number;
  passed: number;
  nuisance: number;
  machines: number;
  /** In the order of the configuration. */
  nuisanceWindows: LiveNuisanceWindow[];
  /** Talk of this campaign, and time for which its agents were logged in, while it dialed: talk minutes per hour = 60 × talk / logged in. */
  talkSeconds: number;
  agentSeconds: number;
  /** Contacts of its files that are not finished, those that must wait included; null = not known yet. */
  contactsOpen: number | null;
  /** When no contact is left if it goes on, within its hours and but for holidays, as in the last half hour of calling, epoch ms; null = nobody can say. */
  fileEndsAtMs: number | null;
  /** The pacing's last decision; null = it does not pace. */
  why: PacingReason | null;
}

/** A minute of a campaign that dials. Agents and lines are means over it. */
export interface LiveDialingMinute {
  fromMs: number;
  dialed: number;
  persons: number;
  passed: number;
  nuisance: number;
  machines: number;
  agents: number;
  readyAgents: number;
  lines: number;
  talkSeconds: number;
}

export interface LiveGateway {
  gateway: string;
  site: string;
  channels: number;
  busyChannels: number;
  /** Calls refused because all channels were busy, since the core started. */
  refused: number;
}

/** What the automaton itself has to say to the floor; readers put it into their language. */
export interface GeneralMessage {
  code: 'campaign-begun' | 'campaign-ended';
  /** DID. */
  campaign: string;
}

/** Messages of a supervisor to agents, and general messages of the automaton. */
export interface LiveMessage {
  messageId: string;
  atMs: number;
  from: string;
  to: { agent: number } | { team: string } | 'all';
  /** A general message has the campaign's name here. */
  text: string;
  /** Null = a supervisor's. */
  general: GeneralMessage | null;
  sentAtMs: number;
  seenBy: { agent: number; atMs: number }[];
}

export interface LiveState {
  /** Grows by one with each published change. */
  version: number;
  /** Identity of this core's run; a new one means that a snapshot must be taken. */
  run: string;
  atMs: number;
  agents: Record<string, LiveAgent>;
  queues: Record<string, LiveQueue>;
  campaigns: Record<string, LiveCampaign>;
  gateways: Record<string, LiveGateway>;
  /** Minutes of the last hour in which a campaign dialed, by DID, the oldest first; it changes once a minute. */
  dialing?: Record<string, readonly LiveDialingMinute[]>;
  messages: LiveMessage[];
}

/** Replaces the named entries; `null` removes one. `version` = the state's version after it. */
export interface LiveChange {
  version: number;
  run: string;
  atMs: number;
  agents?: Record<string, LiveAgent | null>;
  queues?: Record<string, LiveQueue | null>;
  campaigns?: Record<string, LiveCampaign | null>;
  gateways?: Record<string, LiveGateway | null>;
  dialing?: Record<string, readonly LiveDialingMinute[] | null>;
  messages?: LiveMessage[];
}

export type LiveEvent = { kind: 'snapshot'; state: LiveState } | { kind: 'change'; change: LiveChange };

/** Folds a change into a state; pure. Throws when a version was missed or the run differs: take a new snapshot. */
export function applyLiveChange(state: LiveState, change: LiveChange): LiveState {
  if (change.run !== state.run || change.version !== state.version + 1)
    throw new Error(`live change ${change.run}/${change.version} does not follow ${state.run}/${state.version}: take a new snapshot`);
  return {
    version: change.version,
    run: state.run,
    atMs: change.atMs,
    agents: merge(state.agents, change.agents),
    queues: merge(state.queues, change.queues),
    campaigns: merge(state.campaigns, change.campaigns),
    gateways: merge(state.gateways, change.gateways),
    ...(state.dialing || change.dialing ? { dialing: merge(state.dialing ?? {}, change.dialing) } : {}),
    messages: change.messages ?? state.messages,
  };
}

function merge<T>(current: Record<string, T>, changes: Record<string, T | null> | undefined): Record<string, T> {
  if (!changes) return current;
  const next = { ...current };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete next[key];
    else next[key] = value;
  }
  return next;
}
