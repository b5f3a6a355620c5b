import { CallbackTimer, type Clock } from '../clock.ts';
import type { GeneralMessage, LiveChange, LiveEvent, LiveMessage, LiveState } from '../live.ts';
import type { MediaDriver } from '../media.ts';
import type { Agent } from './agent.ts';
import type { CampaignState } from './campaign.ts';
import { liveAgent, liveCampaign, liveGateway, liveQueue } from './live-entries.ts';
import type { Queue } from './queue.ts';

const SHORTEST_INTERVAL_MS = 250;
/** A floor on which nothing happens says so this often: readers tell it from a core that stands still. */
const LONGEST_INTERVAL_MS = 5000;
const OPENING_CHECK_MS = 60_000;
const KEPT_MESSAGES = 200;

/** What the live state is made of. */
export interface LiveSources {
  readonly agents: Map<number, Agent>;
  readonly queues: Map<number, Queue>;
  readonly campaigns: Map<string, CampaignState>;
  readonly media: MediaDriver;
}

/**
 * CT-Proxy's live side: remembers what changed and publishes it at most four times a second, and the
 * time alone where nothing changed. While nobody subscribes, a change costs one comparison.
 */
export class CtProxy {
  readonly #clock: Clock;
  readonly #run: string;
  readonly #sources: LiveSources;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  readonly #publishTimer = new CallbackTimer(() => this.#publish());
  readonly #openingTimer = new CallbackTimer(() => this.#checkOpening());
  #watched = false;
  /** Something waits to be published. */
  #changed = false;
  #version = 0;
  #publishedMs = -Infinity;
  #agents: Agent[] = [];
  #queues: Queue[] = [];
  #campaigns: CampaignState[] = [];
  #gateways = new Set<string>();
  readonly #dialing = new Set<CampaignState>();
  #messagesChanged = false;
  #messages: LiveMessage[] = [];
  #messageNumber = 0;
  #open = new Map<Queue, boolean>();

  constructor(clock: Clock, run: string, sources: LiveSources) {
    this.#clock = clock;
    this.#run = run;
    this.#sources = sources;
  }

  snapshot(): LiveState {
    const nowMs = this.#clock.nowMs();
    const { agents, queues, campaigns, media } = this.#sources;
    return {
      version: this.#version,
      run: this.#run,
      atMs: nowMs,
      agents: Object.fromEntries([...agents.values()].filter(isShown).map((agent) => [agent.number, liveAgent(agent)])),
      queues: Object.fromEntries([...queues.values()].filter(isShown).map((queue) => [queue.number, liveQueue(queue, nowMs)])),
      campaigns: Object.fromEntries([...campaigns.values()].filter(isShown).map((campaign) => [campaign.did, liveCampaign(campaign, nowMs)])),
      gateways: Object.fromEntries(media.occupation().map((occupation) => [occupation.gateway, liveGateway(occupation)])),
      dialing: Object.fromEntries([...campaigns.values()].filter(isShown).flatMap(({ did, dialer }) => (dialer && dialer.history.minutes.length > 0 ? [[did, dialer.history.minutes]] : []))),
      messages: this.#messages,
    };
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    // What is not published yet belongs to the others' next change; this listener's snapshot has it already.
    const own = (event: LiveEvent): void => listener(event);
    this.#listeners.add(own);
    if (!this.#watched) {
      this.#watched = true;
      this.#clock.set(this.#publishTimer, this.#clock.nowMs() + LONGEST_INTERVAL_MS);
      this.#checkOpening();
    }
    own({ kind: 'snapshot', state: this.snapshot() });
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#watched = false;
    this.#clock.cancel(this.#publishTimer);
    this.#clock.cancel(this.#openingTimer);
    this.#forget();
  }

  agent(agent: Agent): void {
    if (!this.#watched || agent.dirty) return;
    agent.dirty = true;
    this.#agents.push(agent);
    this.#plan();
  }

  queue(queue: Queue): void {
    if (!this.#watched || queue.dirty) return;
    queue.dirty = true;
    this.#queues.push(queue);
    this.#plan();
  }

  campaign(campaign: CampaignState): void {
    if (!this.#watched || campaign.dirty) return;
    campaign.dirty = true;
    this.#campaigns.push(campaign);
    this.#plan();
  }

  /** A minute more of its dialing is over. */
  dialing(campaign: CampaignState): void {
    if (!this.#watched) return;
    this.#dialing.add(campaign);
    this.#plan();
  }

  gateway(gateway: string): void {
    if (!this.#watched) return;
    this.#gateways.add(gateway);
    this.#plan();
  }

  send(from: string, to: LiveMessage['to'], text: string, general: GeneralMessage | null): LiveMessage {
    const nowMs = this.#clock.nowMs();
    this.#messageNumber += 1;
    const sent: LiveMessage = { messageId: `${this.#run}-${this.#messageNumber}`, atMs: nowMs, from, to, text, general, sentAtMs: nowMs, seenBy: [] };
    this.#messages = [...this.#messages.slice(1 - KEPT_MESSAGES), sent];
    this.#messagesMoved();
    return sent;
  }

  /** False when the agent has no such message. Seeing it twice changes nothing. */
  seen(messageId: string, agent: Agent): boolean {
    const message = this.#messages.find((candidate) => candidate.messageId === messageId);
    if (!message || !this.concerns(message, agent)) return false;
    if (message.seenBy.some((seen) => seen.agent === agent.number)) return true;
    const seenBy = [...message.seenBy, { agent: agent.number, atMs: this.#clock.nowMs() }];
    this.#messages = this.#messages.map((candidate) => (candidate === message ? { ...message, seenBy } : candidate));
    this.#messagesMoved();
    return true;
  }

  concerns({ to }: LiveMessage, agent: Agent): boolean {
    if (to === 'all') return true;
    return 'agent' in to ? to.agent === agent.number : agent.settings.teams.includes(to.team);
  }

  #messagesMoved(): void {
    if (!this.#watched) return;
    this.#messagesChanged = true;
    this.#plan();
  }

  #plan(): void {
    if (this.#changed) return;
    this.#changed = true;
    this.#clock.set(this.#publishTimer, this.#publishedMs + SHORTEST_INTERVAL_MS);
  }

  #publish(): void {
    const nowMs = this.#clock.nowMs();
    this.#publishedMs = nowMs;
    this.#version += 1;
    const change: LiveChange = { version: this.#version, run: this.#run, atMs: nowMs };
    if (this.#agents.length > 0) change.agents = Object.fromEntries(this.#agents.map((agent) => [agent.number, isShown(agent) ? liveAgent(agent) : null]));
    if (this.#queues.length > 0) change.queues = Object.fromEntries(this.#queues.map((queue) => [queue.number, isShown(queue) ? liveQueue(queue, nowMs) : null]));
    if (this.#campaigns.length > 0) change.campaigns = Object.fromEntries(this.#campaigns.map((campaign) => [campaign.did, isShown(campaign) ? liveCampaign(campaign, nowMs) : null]));
    if (this.#gateways.size > 0) {
      const occupations = new Map(this.#sources.media.occupation().map((occupation) => [occupation.gateway, liveGateway(occupation)]));
      change.gateways = Object.fromEntries([...this.#gateways].map((gateway) => [gateway, occupations.get(gateway) ?? null]));
    }
    if (this.#dialing.size > 0) change.dialing = Object.fromEntries([...this.#dialing].map((campaign) => [campaign.did, isShown(campaign) ? (campaign.dialer?.history.minutes ?? null) : null]));
    if (this.#messagesChanged) change.messages = this.#messages;
    this.#forget();
    this.#clock.set(this.#publishTimer, nowMs + LONGEST_INTERVAL_MS);
    for (const listener of this.#listeners) listener({ kind: 'change', change });
  }

  #forget(): void {
    for (const entry of [...this.#agents, ...this.#queues, ...this.#campaigns]) entry.dirty = false;
    this.#agents = [];
    this.#queues = [];
    this.#campaigns = [];
    this.#gateways.clear();
    this.#dialing.clear();
    this.#messagesChanged = false;
    this.#changed = false;
  }

  /** Opening hours change without any event. */
  #checkOpening(): void {
    const nowMs = this.#clock.nowMs();
    for (const queue of this.#sources.queues.values()) {
      const open = queue.isOpen(nowMs);
      if (this.#open.get(queue) !== open) this.queue(queue);
      this.#open.set(queue, open);
    }
    this.#clock.set(this.#openingTimer, (Math.floor(nowMs / OPENING_CHECK_MS) + 1) * OPENING_CHECK_MS);
  }
}

/** A campaign that is over is shown until its last call has ended. */
function isShown(entry: Agent | Queue | CampaignState): boolean {
  return !entry.removed || ('callsInProgress' in entry && entry.callsInProgress > 0);
}
