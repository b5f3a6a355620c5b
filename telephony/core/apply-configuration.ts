import type { CentreConfiguration } from '../configuration.ts';
import type { GeneralMessage } from '../live.ts';
import { END_REASONS, SYSTEM_PAUSES } from '../rows.ts';
import { Agent } from './agent.ts';
import { logout } from './agent-session.ts';
import { CampaignState } from './campaign.ts';
import { endCall } from './conversation.ts';
import { statusKey, type Floor } from './floor.ts';
import { Opening } from './opening.ts';
import { Queue, Skill } from './queue.ts';
import { nuisance } from './outbound.ts';
import { leaveQueue, longestWaiting, offer, turnAway } from './routing.ts';
import { compileScenario } from './scenario.ts';
import { SiteState } from './site.ts';
import { tellFloor } from './supervision.ts';
import { consultationFailed } from './transfer.ts';
import { ZoneOffsets } from './zone-offsets.ts';

const SYSTEM_REASONS: ReadonlySet<string> = new Set(Object.values(SYSTEM_PAUSES));

interface Validity { validFrom: string | null; validTo: string | null }

/**
 * Makes the running floor follow a configuration: what is valid now of it. Calls in an IVR keep their
 * scenario, calls in a queue that is gone end as closed, agents who are gone leave after their call.
 *
 * @throws Error when something names what is not there; nothing has changed then.
 */
export function applyConfiguration(floor: Floor, configuration: CentreConfiguration, agentDue: (agent: Agent) => void): void {
  checkNames(configuration);
  const nowMs = floor.clock.nowMs();
  const customers = new Map(configuration.tenants.map((tenant) => [tenant.id, tenant.customerNumber]));
  const customerOf = (tenant: string): number => required(customers, tenant, 'tenant');
  applySites(floor, configuration);
  applyTables(floor, configuration, customerOf);
  const news = applyCampaigns(floor, configuration, customerOf, nowMs);
  applyQueues(floor, configuration, nowMs);
  applyAgents(floor, configuration, customerOf, agentDue, nowMs);
  floor.media.configure(configuration.gateways);
  for (const { gateway } of floor.media.occupation()) floor.live.gateway(gateway);
  for (const queue of floor.queues.values()) if (queue.removed) empty(floor, queue);
  serveWaiting(floor);
  for (const { code, campaign } of news) tellFloor(floor, { code, campaign: campaign.did }, campaign.settings.name);
}

/** Everything is looked at before anything is changed: a running floor must not stop half-way. */
function checkNames({ tenants, sites, calendars, queues, campaigns, agents, statuses }: CentreConfiguration): void {
  const ids = (entries: readonly { id: string }[]): Map<string, true> => new Map(entries.map(({ id }) => [id, true]));
  const [tenant, site, calendar] = [ids(tenants), ids(sites), ids(calendars)];
  for (const entry of [...queues, ...campaigns, ...agents, ...statuses]) required(tenant, entry.tenant, 'tenant');
  for (const entry of [...campaigns, ...agents]) required(site, entry.site, 'site');
  for (const queue of queues) if (queue.calendar !== null) required(calendar, queue.calendar, 'calendar');
  for (const { outbound } of campaigns) if (outbound && outbound.calendar !== null) required(calendar, outbound.calendar, 'calendar');
}

/** When the next validity begins or ends; null = never. */
export function nextBoundaryMs(configuration: CentreConfiguration, nowMs: number): number | null {
  let next = Infinity;
  for (const { validFrom, validTo } of [...configuration.agents, ...configuration.queues, ...configuration.campaigns]) {
    for (const text of [validFrom, validTo]) {
      const boundaryMs = text === null ? NaN : Date.parse(text);
      if (boundaryMs > nowMs && boundaryMs < next) next = boundaryMs;
    }
  }
  return next === Infinity ? null : next;
}

function applySites(floor: Floor, { sites }: CentreConfiguration): void {
  for (const site of sites) if (floor.sites.get(site.id)?.zone !== site.zone) floor.sites.set(site.id, new SiteState(site));
}

function applyTables(floor: Floor, configuration: CentreConfiguration, customerOf: (tenant: string) => number): void {
  floor.openings = new Map(configuration.calendars.map((calendar) => [calendar.id, new Opening(calendar, new ZoneOffsets(calendar.zone))]));
  floor.scenarios = new Map(configuration.scenarios.map((scenario) => [scenario.id, compileScenario(scenario)]));
  floor.lookupTables = new Map(configuration.lookupTables.map(({ id, entries }) => [id, new Map(Object.entries(entries))]));
  floor.statuses = new Map(configuration.statuses.map((status) => [statusKey(customerOf(status.tenant), status.group, status.num, status.detail), status]));
  floor.pauseReasons = new Map(configuration.pauseReasons.filter(({ code }) => !SYSTEM_REASONS.has(code)).map((reason) => [reason.code, reason]));
  floor.teams = new Set(configuration.teams.map((team) => team.id));
}

interface News {
  code: GeneralMessage['code'];
  campaign: CampaignState;
}

/** Returns the campaigns that begin and end, in a floor that had some already. */
function applyCampaigns(floor: Floor, { campaigns }: CentreConfiguration, customerOf: (tenant: string) => number, nowMs: number): News[] {
  const before = new Set([...floor.campaigns.values()].filter((campaign) => !campaign.removed));
  for (const campaign of before) campaign.removed = true;
  floor.entryPoints = new Map();
  for (const settings of campaigns.filter((campaign) => isValid(campaign, nowMs))) {
    const site = required(floor.sites, settings.site, 'site');
    let campaign = floor.campaigns.get(settings.did);
    if (!campaign) {
      campaign = new CampaignState(settings, customerOf(settings.tenant), site);
      floor.campaigns.set(settings.did, campaign);
    }
    campaign.settings = settings;
    campaign.customer = customerOf(settings.tenant);
    campaign.site = site;
    campaign.removed = false;
    if (settings.direction === 'inbound') for (const dialed of settings.entryPoints) floor.entryPoints.set(dialed, campaign);
  }
  const news: News[] = [];
  for (const campaign of floor.campaigns.values()) {
    floor.live.campaign(campaign);
    if (before.has(campaign) && campaign.removed) news.push({ code: 'campaign-ended', campaign });
    else if (before.size > 0 && !before.has(campaign) && !campaign.removed) news.push({ code: 'campaign-begun', campaign });
  }
  return news;
}

function applyQueues(floor: Floor, { queues }: CentreConfiguration, nowMs: number): void {
  for (const queue of floor.queues.values()) queue.removed = true;
  for (const settings of queues.filter((queue) => isValid(queue, nowMs))) {
    let queue = floor.queues.get(settings.number);
    if (!queue) {
      queue = new Queue(settings);
      floor.queues.set(settings.number, queue);
    }
    const { maximumWaitMs } = queue;
    queue.apply(settings, settings.calendar === null ? null : required(floor.openings, settings.calendar, 'calendar'));
    if (queue.maximumWaitMs !== maximumWaitMs) limitWaits(floor, queue);
  }
  for (const queue of floor.queues.values()) floor.live.queue(queue);
}

/** The new maximum is for those who wait already, too. */
function limitWaits(floor: Floor, queue: Queue): void {
  for (let call = queue.waiting.head; call; call = call.nextInQueue) {
    if (queue.maximumWaitMs === Infinity) floor.clock.cancel(call);
    else floor.clock.set(call, call.enteredMs + queue.maximumWaitMs);
  }
}

function applyAgents(floor: Floor, { agents }: CentreConfiguration, customerOf: (tenant: string) => number, due: (agent: Agent) => void, nowMs: number): void {
  for (const queue of floor.queues.values()) queue.clearAgents();
  for (const agent of floor.agents.values()) agent.removed = true;
  for (const settings of agents.filter((agent) => isValid(agent, nowMs))) {
    const site = required(floor.sites, settings.site, 'site');
    const customer = customerOf(settings.tenant);
    let agent = floor.agents.get(settings.number);
    if (!agent) {
      agent = new Agent(settings, floor.agents.size, customer, site, due);
      floor.agents.set(settings.number, agent);
    }
    agent.removed = false;
    agent.settings = settings;
    agent.customer = customer;
    agent.site = site;
  }
  // The longest idle first, so that the ready lists keep their order.
  for (const agent of [...floor.agents.values()].sort((a, b) => a.sinceMs - b.sinceMs || a.index - b.index)) linkSkills(floor, agent);
}

function linkSkills(floor: Floor, agent: Agent): void {
  agent.firstSkill = null;
  let last: Skill | null = null;
  const skills = agent.removed ? [] : agent.settings.skills;
  for (const { queue: number, level } of skills) {
    const queue = floor.queues.get(number);
    if (!queue || queue.removed) continue;
    const skill = new Skill(agent, queue, level);
    if (last) last.nextOfAgent = skill;
    else agent.firstSkill = skill;
    last = skill;
    if (agent.state !== 'logged_out') queue.loggedIn += 1;
    if (agent.state === 'ready') queue.addReady(skill);
  }
  floor.live.agent(agent);
  if (agent.removed && agent.state === 'preview') floor.dialing?.dropPreview(agent);
  if (agent.removed && (agent.state === 'ready' || agent.state === 'pause' || agent.state === 'preview')) logout(floor, agent);
}

/** Calls that wait in a queue that is no longer there. */
function empty(floor: Floor, queue: Queue): void {
  for (let call = queue.waiting.head; call; call = queue.waiting.head) {
    if (call.dial && call.firstAgent === 0) {
      floor.clock.cancel(call);
      nuisance(floor, call);
      continue;
    }
    leaveQueue(floor, call, 'closed');
    if (call.parent) consultationFailed(floor, call);
    else {
      turnAway(call);
      endCall(floor, call, END_REASONS.closed);
    }
  }
}

/** New skills or agents can serve calls that wait already. */
function serveWaiting(floor: Floor): void {
  for (const agent of floor.agents.values()) {
    if (agent.state !== 'ready') continue;
    const call = longestWaiting(agent);
    if (call) offer(floor, agent, call);
  }
}

function isValid({ validFrom, validTo }: Validity, nowMs: number): boolean {
  return (validFrom === null || Date.parse(validFrom) <= nowMs) && (validTo === null || nowMs < Date.parse(validTo));
}

function required<T>(known: Map<string, T>, key: string, what: string): T {
  const found = known.get(key);
  if (found === undefined) throw new Error(`configuration: there is no ${what} '${key}'`);
  return found;
}
