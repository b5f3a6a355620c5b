import type { PacingAgent, PacingDecision, PacingDial, PacingFloor, PacingWaiting } from '../dialer/pacing.ts';
import type { Agent } from './agent.ts';
import type { CampaignDialer } from './campaign-dialer.ts';

const AGENT_STATES: Partial<Record<Agent['state'], PacingAgent['state']>> = {
  ready: 'ready', talk: 'talking', hold: 'talking', wrapup: 'wrapup', ringing: 'busy', dialing: 'busy', preview: 'busy', supervision: 'busy',
};

/** Asks a campaign's pacing. `agents` are those who count for it and for no other campaign. */
export function askPacing(dialer: CampaignDialer, agents: readonly Agent[], nowMs: number): PacingDecision | null {
  const { pacing, settings, events } = dialer;
  if (!pacing) return null;
  const floor: PacingFloor = {
    nowMs,
    agents: agents.flatMap((agent) => pacingAgent(dialer, agent) ?? []),
    dials: Array.from(dialer.flight, ({ dial }): PacingDial => ({ startedMs: dial?.startedMs ?? nowMs, answeredMs: dial && dial.answeredMs >= 0 ? dial.answeredMs : null })),
    waiting: waiting(dialer),
    contactsLeft: dialer.stock.left,
    limits: {
      nuisanceShare: settings.nuisanceLimit,
      windowsMs: settings.nuisanceWindowHours.map((hours) => hours * 3_600_000),
      patienceMs: settings.patienceSeconds * 1000,
      minimumRingMs: SHORTEST_RING_MS,
      maximumRingMs: settings.ringSeconds * 1000,
      lines: settings.maximumLines ?? Number.MAX_SAFE_INTEGER,
    },
    events,
  };
  const decision = pacing.decide(floor);
  dialer.events = [];
  dialer.why = decision.why;
  return decision;
}

/** A call that rang less is never given up. */
export const SHORTEST_RING_MS = 15_000;

/** Null = in a pause, about to take one, or not here. Work for another campaign or queue keeps an agent busy. */
function pacingAgent(dialer: CampaignDialer, agent: Agent): PacingAgent | null {
  const state = AGENT_STATES[agent.state];
  if (state === undefined || agent.pausePending) return null;
  const foreign = (state === 'talking' || state === 'wrapup') && agent.leg?.call?.campaignState !== dialer.campaign;
  return { state: foreign ? 'busy' : state, sinceMs: agent.sinceMs };
}

function waiting({ queue, campaign }: CampaignDialer): PacingWaiting[] {
  const found: PacingWaiting[] = [];
  for (let call = queue?.waiting.head ?? null; call; call = call.nextInQueue) {
    if (call.dial && call.campaignState === campaign && call.firstAgent === 0) found.push({ answeredMs: call.dial.answeredMs });
  }
  return found;
}
