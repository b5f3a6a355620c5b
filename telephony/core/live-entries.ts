import type { LiveAgent, LiveCampaign, LiveDialer, LiveGateway, LiveNuisanceWindow, LiveQueue, LiveWaiter } from '../live.ts';
import type { GatewayOccupation } from '../media.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import type { CampaignState } from './campaign.ts';
import { comesBefore, type CallList, type Queue } from './queue.ts';

const HOUR_MS = 3_600_000;

export function liveAgent(agent: Agent): LiveAgent {
  const { leg, settings } = agent;
  return {
    agent: agent.number,
    tenant: settings.tenant,
    site: settings.site,
    teams: settings.teams,
    state: agent.state,
    sinceMs: agent.sinceMs,
    pauseReason: agent.pauseReason,
    pendingPause: agent.pendingPause ?? '',
    loggedInSinceMs: agent.state === 'logged_out' ? null : agent.loggedInSinceMs,
    callId: leg?.call ? leg.call.id : '',
    queue: leg?.queue ? leg.queue.number : 0,
    campaign: leg?.call ? leg.call.campaign : '',
    answeredToday: agent.answeredToday,
    arguedToday: agent.arguedToday,
    positiveToday: agent.positiveToday,
    recorded: agent.recorded,
    listenedBy: [...agent.listenedBy],
    ...(agent.preview ? { preview: { contact: agent.preview.id, number: agent.preview.number, campaign: agent.stateCampaign, fields: { ...agent.preview.fields } } } : {}),
  };
}

export function liveQueue(queue: Queue, nowMs: number): LiveQueue {
  const calls = [...list(queue.waiting), ...list(queue.ringing)].sort((a, b) => (comesBefore(a, b) ? -1 : 1));
  return {
    queue: queue.number,
    tenant: queue.settings.tenant,
    open: queue.isOpen(nowMs),
    waiters: calls.map((call): LiveWaiter => ({ callId: call.id, sinceMs: call.enteredMs, caller: call.caller, priority: call.priority })),
    agentsLoggedIn: queue.loggedIn,
    agentsReady: queue.readyCount,
    agentsTalking: queue.talking,
    targetSeconds: queue.settings.targetSeconds,
  };
}

export function liveCampaign(campaign: CampaignState, nowMs: number): LiveCampaign {
  const { inIvr, inQueue, withAgent } = campaign;
  return {
    campaign: campaign.did,
    tenant: campaign.settings.tenant,
    direction: campaign.settings.direction,
    callsInProgress: campaign.callsInProgress,
    inIvr,
    inQueue,
    withAgent,
    ...(campaign.dialer ? { dialer: liveDialer(campaign.dialer, nowMs) } : {}),
  };
}

function liveDialer(dialer: CampaignDialer, nowMs: number): LiveDialer {
  const { settings, state, lines, flight, stock, counts, why, campaign, windows, history } = dialer;
  const agents: LiveDialer['agents'] = { ready: 0, preview: 0, dialing: 0, talking: 0, wrapup: 0, busy: 0, pause: 0 };
  for (const agent of dialer.agents) {
    if (agent.state === 'logged_out') continue;
    const own = agent.previewOf === dialer || agent.leg?.call?.campaignState === campaign;
    if (agent.state === 'ready' || agent.state === 'pause') agents[agent.state] += 1;
    else if (!own) agents.busy += 1;
    else if (agent.state === 'talk' || agent.state === 'hold') agents.talking += 1;
    else if (agent.state === 'wrapup' || agent.state === 'preview' || agent.state === 'dialing') agents[agent.state] += 1;
    else agents.busy += 1;
  }
  return {
    mode: settings.mode, state, nuisanceLimit: settings.nuisanceLimit, ringSeconds: settings.ringSeconds, maximumLines: settings.maximumLines,
    agents, lines, ringing: flight.size, contactsLeft: stock.left,
    dialed: counts.dialed, persons: counts.persons, passed: counts.passed, nuisance: counts.nuisance, machines: counts.machine,
    nuisanceWindows: settings.nuisanceWindowHours.map((hours): LiveNuisanceWindow => {
      const { answers, nuisances } = windows.counts(nowMs, hours * HOUR_MS);
      return { hours, nuisance: nuisances, passed: answers - nuisances, share: answers === 0 ? null : nuisances / answers };
    }),
    talkSeconds: Math.floor(history.talkMs / 1000), agentSeconds: Math.floor(history.agentMs / 1000),
    contactsOpen: stock.forecast.open, fileEndsAtMs: stock.forecast.endsAtMs, why,
  };
}

export function liveGateway({ gateway, site, channels, busyChannels, refused }: GatewayOccupation): LiveGateway {
  return { gateway, site, channels, busyChannels, refused };
}

function list(calls: CallList): Call[] {
  const found: Call[] = [];
  for (let call = calls.head; call; call = call.nextInQueue) found.push(call);
  return found;
}
