import type { LiveAgent, LiveCampaign, LiveDialingMinute, LiveGateway, LiveMessage, LiveQueue, LiveState } from '../../telephony/live.ts';
import type { Directory } from '../directory.ts';
import type { StripIncident } from '../incidents/strip-board.ts';
import { drawDialer, type BoardDialer } from './board-dialer.ts';
import type { BoardFigures, DayFigures, QueueFigures } from './figures.ts';
import type { Sight } from './sight.ts';

/**
 * What a Live page shows: the core's state joined with the day's figures. Its objects have the shape
 * of the schema's types (names, texts for ids, ISO instants), so that executing a selection costs
 * property reads only.
 */
export interface Board {
  at: string;
  coreAt: string | null;
  dataAt: string | null;
  loadMark: number | null;
  zone: string;
  dayFrom: string;
  connected: boolean;
  totals: BoardTotals;
  queues: BoardQueue[];
  agents: BoardAgent[];
  campaigns: BoardCampaign[];
  gateways: LiveGateway[];
  messages: BoardMessage[];
  lastHour: MinuteFlow[];
  historyFrom: string | null;
  configurationMark: string;
  figuresTrouble: FiguresTrouble | null;
  /** Open ones, as on every page. */
  incidents: readonly StripIncident[];
}

export const FIGURES_TROUBLES = ['unavailable', 'timeout', 'too-large', 'failed'] as const;

/** Why the day's figures are old. */
export interface FiguresTrouble {
  kind: (typeof FIGURES_TROUBLES)[number];
  /** When they were last known to be right; null = they were never read. */
  since: string | null;
}

export interface MinuteFlow {
  at: string;
  offered: number;
  answered: number;
  abandoned: number;
}

export interface BoardTotals extends Omit<QueueFigures, 'serviceLevelTrend'> {
  waiting: number;
  longestWaitSince: string | null;
  agentsReady: number;
  agentsRinging: number;
  agentsTalking: number;
  agentsWrapup: number;
  agentsPaused: number;
  agentsLoggedIn: number;
  callsInProgress: number;
  offered: number | null;
  occupancy: number | null;
  targetServiceLevel: number | null;
}

export interface BoardQueue extends QueueFigures {
  queue: string;
  name: string;
  tenant: string;
  open: boolean;
  targetSeconds: number;
  targetServiceLevel: number;
  waiting: number;
  longestWaitSince: string | null;
  waiters: { callId: string; since: string; caller: string; priority: number }[];
  agentsLoggedIn: number;
  agentsReady: number;
  agentsTalking: number;
}

export type BoardAgent = Omit<LiveAgent, 'agent' | 'sinceMs' | 'loggedInSinceMs' | 'queue' | 'preview'> & {
  agent: string;
  name: string;
  since: string;
  loggedInSince: string | null;
  queue: string;
  preview: { contact: string; number: string; campaign: string; fields: { name: string; value: string }[] } | null;
};

export type BoardCampaign = Omit<LiveCampaign, 'dialer'> & { name: string; dialer: BoardDialer | null };

export interface BoardMessage {
  messageId: string;
  at: string;
  from: string;
  text: string;
  general: string | null;
  sentAt: string;
  seenBy: string[];
  toAgent: string | null;
  toTeam: string | null;
}

export interface BoardInput {
  nowMs: number;
  zone: string;
  dayFromMs: number;
  /** Null while the core has not told its state. */
  state: LiveState | null;
  connected: boolean;
  /** Null until the warehouse answered for the first time. */
  figures: BoardFigures | null;
  /** Null while they can be read. */
  trouble?: FiguresTrouble | null;
  incidents?: readonly StripIncident[];
  sight: Sight;
  directory: Directory;
}

const DEFAULT_SERVICE_LEVEL = 0.8;
/** The newest ones; older messages are history. */
const MAX_MESSAGES = 50;

/** Joins; pure but for the directory's names. */
export function drawBoard(input: BoardInput): Board {
  const { nowMs, state, figures, sight, directory } = input;
  const queues = Object.values(state?.queues ?? {}).filter((queue) => sight.queue(queue)).map((queue) => drawQueue(queue, figures, directory));
  const agents = Object.values(state?.agents ?? {}).filter((agent) => sight.agent(agent));
  const campaigns = Object.values(state?.campaigns ?? {}).filter((campaign) => sight.campaign(campaign));
  return {
    at: iso(nowMs),
    coreAt: state ? iso(state.atMs) : null,
    dataAt: figures?.dataAt ?? null,
    loadMark: figures?.loadMark ?? null,
    zone: input.zone,
    dayFrom: iso(input.dayFromMs),
    connected: input.connected,
    totals: drawTotals(queues, agents, campaigns, figures),
    queues,
    agents: agents.map((agent) => drawAgent(agent, directory)),
    campaigns: campaigns.map((campaign) => drawCampaign(campaign, state?.dialing?.[campaign.campaign], directory)),
    gateways: Object.values(state?.gateways ?? {}).filter((gateway) => sight.gateway(gateway)),
    messages: (state?.messages ?? []).filter((message) => sight.message(message)).slice(-MAX_MESSAGES).map(drawMessage),
    lastHour: figures?.lastHour ?? [],
    historyFrom: figures?.historyFrom ?? null,
    configurationMark: directory.mark(),
    figuresTrouble: input.trouble ?? null,
    incidents: input.incidents ?? [],
  };
}

/** A queue that did not change, with the same figures, is drawn once for all views and ticks. */
const drawnQueues = new WeakMap<LiveQueue, WeakMap<QueueFigures, BoardQueue>>();

function drawQueue(live: LiveQueue, figures: DayFigures | null, directory: Directory): BoardQueue {
  const number = String(live.queue);
  const row = directory.queue(live.queue);
  const name = row?.name ?? number;
  const targetServiceLevel = row?.targetServiceLevel ?? DEFAULT_SERVICE_LEVEL;
  const own = figures?.queue(live.tenant, number) ?? NO_FIGURES;
  let byFigures = drawnQueues.get(live);
  if (!byFigures) drawnQueues.set(live, (byFigures = new WeakMap()));
  const known = byFigures.get(own);
  if (known?.name === name && known.targetServiceLevel === targetServiceLevel) return known;
  const board = newQueue(live, { queue: number, name, targetServiceLevel }, own);
  byFigures.set(own, board);
  return board;
}

function newQueue(queue: LiveQueue, row: Pick<BoardQueue, 'queue' | 'name' | 'targetServiceLevel'>, figures: QueueFigures): BoardQueue {
  return {
    ...row,
    tenant: queue.tenant,
    open: queue.open,
    targetSeconds: Math.round(queue.targetSeconds),
    waiting: queue.waiters.length,
    longestWaitSince: earliest(queue.waiters.map((waiter) => waiter.sinceMs)),
    waiters: queue.waiters.map(({ callId, sinceMs, caller, priority }) => ({ callId, since: iso(sinceMs), caller, priority })),
    agentsLoggedIn: queue.agentsLoggedIn,
    agentsReady: queue.agentsReady,
    agentsTalking: queue.agentsTalking,
    ...figures,
  };
}

const NO_FIGURES: QueueFigures = {
  queued: null, answered: null, abandoned: null, serviceLevel: null, serviceLevel30: null,
  abandonmentRate: null, asaSeconds: null, averageHandleSeconds: null, serviceLevelTrend: [],
};

function drawTotals(queues: BoardQueue[], agents: LiveAgent[], campaigns: LiveCampaign[], figures: DayFigures | null): BoardTotals {
  const { serviceLevelTrend: _, ...none } = NO_FIGURES;
  // An agent counts once, in however many queues it has a skill.
  const count = countStates(agents);
  const targets = new Set(queues.map((queue) => queue.targetServiceLevel));
  return {
    waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
    longestWaitSince: queues.reduce<string | null>((first, { longestWaitSince: since }) => (since !== null && (first === null || since < first) ? since : first), null),
    agentsReady: count('ready'),
    agentsRinging: count('ringing'),
    agentsTalking: count('talk') + count('hold'),
    agentsWrapup: count('wrapup'),
    agentsPaused: count('pause'),
    agentsLoggedIn: agents.length - count('logged_out'),
    callsInProgress: campaigns.reduce((sum, campaign) => sum + campaign.callsInProgress, 0),
    ...(figures?.totals ?? { ...none, offered: null, occupancy: null }),
    // Queues with different goals have no common one.
    targetServiceLevel: targets.size === 1 ? (queues[0]?.targetServiceLevel ?? null) : null,
  };
}

function countStates(agents: LiveAgent[]): (state: LiveAgent['state']) => number {
  const counts = new Map<LiveAgent['state'], number>();
  for (const { state } of agents) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (state) => counts.get(state) ?? 0;
}

/** An agent that did not change is the same object from fold to fold: it is drawn once for all views and ticks. */
const drawn = new WeakMap<LiveAgent, BoardAgent>();

function drawAgent(live: LiveAgent, directory: Directory): BoardAgent {
  const name = directory.agent(live.agent)?.name ?? String(live.agent);
  const known = drawn.get(live);
  if (known?.name === name) return known;
  const board = newAgent(live, name);
  drawn.set(live, board);
  return board;
}

function newAgent({ agent, sinceMs, loggedInSinceMs, queue, preview, ...rest }: LiveAgent, name: string): BoardAgent {
  return {
    ...rest,
    agent: String(agent),
    name,
    since: iso(sinceMs),
    loggedInSince: loggedInSinceMs === null ? null : iso(loggedInSinceMs),
    queue: queue === 0 ? '' : String(queue),
    preview: preview ? { ...preview, contact: String(preview.contact), fields: Object.entries(preview.fields).map(([field, value]) => ({ name: field, value })) } : null,
  };
}

const drawnCampaigns = new WeakMap<LiveCampaign, { minutes: Minutes; board: BoardCampaign }>();
type Minutes = readonly LiveDialingMinute[] | undefined;

function drawCampaign(live: LiveCampaign, minutes: Minutes, directory: Directory): BoardCampaign {
  const name = directory.campaign(live.campaign)?.name ?? live.campaign;
  const known = drawnCampaigns.get(live);
  if (known?.board.name === name && known.minutes === minutes) return known.board;
  const board = { ...live, name, dialer: live.dialer ? drawDialer(live.dialer, minutes) : null };
  drawnCampaigns.set(live, { minutes, board });
  return board;
}

const drawnMessages = new WeakMap<LiveMessage, BoardMessage>();

function drawMessage(live: LiveMessage): BoardMessage {
  let board = drawnMessages.get(live);
  if (!board) drawnMessages.set(live, (board = newMessage(live)));
  return board;
}

function newMessage({ messageId, atMs, from, to, text, general, sentAtMs, seenBy }: LiveMessage): BoardMessage {
  return {
    messageId,
    at: iso(atMs),
    from,
    text,
    general: general?.code ?? null,
    sentAt: iso(sentAtMs),
    seenBy: seenBy.map((seen) => String(seen.agent)),
    toAgent: typeof to === 'object' && 'agent' in to ? String(to.agent) : null,
    toTeam: typeof to === 'object' && 'team' in to ? to.team : null,
  };
}

function earliest(times: number[]): string | null {
  return times.length === 0 ? null : iso(times.reduce((first, time) => Math.min(first, time)));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
