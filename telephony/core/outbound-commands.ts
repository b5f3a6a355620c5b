import type { Command, CommandResult } from '../commands.ts';
import type { Status } from '../configuration.ts';
import type { NumberRefusal } from '../contacts.ts';
import { SYSTEM_STATUSES } from '../rows.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import type { Floor } from './floor.ts';
import { report } from './outbound.ts';
import { refused } from './transfer.ts';

const DONE: CommandResult = { ok: true };

type CampaignCommand = Extract<Command, { kind: 'start-campaign' | 'pause-campaign' | 'stop-campaign' | 'change-dialing' }>;

/** A supervisor's word on a campaign. */
export function campaignCommand(floor: Floor, command: CampaignCommand): CommandResult {
  const dialer = floor.campaigns.get(command.campaign)?.dialer;
  const { dialing } = floor;
  if (!dialer || !dialing) return refused('unknown-campaign', `campaign ${command.campaign} does not dial`);
  switch (command.kind) {
    case 'start-campaign':
      if (dialer.state === 'running') return wrongDialing(dialer);
      dialing.start(dialer);
      return DONE;
    case 'pause-campaign':
      if (dialer.state !== 'running') return wrongDialing(dialer);
      dialing.pause(dialer);
      return DONE;
    case 'stop-campaign':
      if (dialer.state === 'stopped') return wrongDialing(dialer);
      dialing.stop(dialer);
      return DONE;
    case 'change-dialing':
      dialer.change(command.change);
      floor.live.campaign(dialer.campaign);
      return DONE;
  }
}

function wrongDialing({ campaign, state }: CampaignDialer): CommandResult {
  return refused('wrong-state', `campaign ${campaign.did} is ${state}`);
}

/** A ready agent asks for the next contact to look up. */
export function nextContact(floor: Floor, agent: Agent): CommandResult {
  if (agent.state !== 'ready') return refused('wrong-state', `agent ${agent.number} is in state ${agent.state}, not ready`);
  return floor.dialing?.ask(agent) ? DONE : refused('no-contact', 'there is no contact to dial by hand now');
}

export function dialContact(floor: Floor, agent: Agent): CommandResult {
  if (agent.state !== 'preview' || !floor.dialing) return refused('wrong-state', `agent ${agent.number} looks at no contact`);
  const answer = floor.dialing.accept(agent);
  if (answer === 'closed') return refused('no-contact', 'the contact must not be called at this hour any more');
  return answer === 'dialing' ? DONE : refused('no-target', 'no line is free');
}

export function skipContact(floor: Floor, agent: Agent): CommandResult {
  if (agent.state !== 'preview' || !floor.dialing) return refused('wrong-state', `agent ${agent.number} looks at no contact`);
  floor.dialing.skip(agent);
  return DONE;
}

const REFUSALS: Record<NumberRefusal, string> = {
  'do-not-call': 'the number is on the do-not-call list', busy: 'the number is being dialed',
  'not-now': 'the number must not be called now', unknown: 'there is no such number',
};

/**
 * Dials a number that the agent has typed. What the call files say of it comes later: `later` is told what has become of it, once,
 * unless the answer here is a refusal.
 */
export function dialNumber(floor: Floor, agent: Agent, { campaign, number }: Extract<Command, { kind: 'dial-number' }>, later: (result: CommandResult) => void): CommandResult {
  const { dialing } = floor;
  const dialer = floor.campaigns.get(campaign)?.dialer;
  if (!dialing || !dialer?.has(agent)) return refused('unknown-campaign', `agent ${agent.number} does not dial for campaign ${campaign}`);
  if (dialer.settings.mode !== 'manual' || !dialer.dials) return refused('wrong-state', `campaign ${campaign} is not dialed by hand now`);
  if (agent.state !== 'ready') return refused('wrong-state', `agent ${agent.number} is in state ${agent.state}, not ready`);
  dialing.dialNumber(dialer, agent, number, (answer) => {
    later(answer === 'dialing' ? DONE : answer === 'no-line' ? refused('no-target', 'no line is free') : answer === 'away' ? refused('no-contact', 'the call files do not answer') : answer === 'agent' ? refused('wrong-state', `agent ${agent.number} is not ready any more`) : refused('no-contact', REFUSALS[answer]));
  });
  return DONE;
}

/** During the call, in wrap-up or later: the contact is to be called again then, by this agent or by anyone. */
export function promiseCallBack(floor: Floor, agent: Agent, command: Extract<Command, { kind: 'call-back' }>): CommandResult {
  const own = agent.leg?.call;
  const call = own?.id === command.callId ? own : floor.book.byId(command.callId);
  if (!call?.dial) return refused('unknown-call', `there is no outbound call ${command.callId}, or it is too long ago`);
  if (call.firstAgent !== agent.number && call.lastAgent !== agent.number) return refused('wrong-state', `agent ${agent.number} did not take this call`);
  if (call.dial.contact.id === 0) return refused('no-contact', 'a number that stands in no call file has nobody to call again');
  if (command.atMs <= floor.clock.nowMs()) return refused('wrong-state', 'a call-back lies in the future');
  call.dial.callBack = { atMs: command.atMs, agent: command.own ? agent.number : 0 };
  tellFile(floor, call);
  return DONE;
}

/** More is known of an attempt that has been reported. */
export function tellFile(floor: Floor, call: Call): void {
  if (call.dial && call.ended >= 0) report(floor, call, call.dial);
}

const BY_AGENT: ReadonlyMap<number, Status['outcome']> = new Map([[SYSTEM_STATUSES.machine, 'none'], [SYSTEM_STATUSES.wrongNumber, 'none'], [SYSTEM_STATUSES.unavailable, 'none'], [SYSTEM_STATUSES.doNotCall, 'not-argued']]);

/** What an agent who listens to the dial may say of it with the system's own statuses. */
export function listenedStatus(call: Call, num: number): Status | null {
  const outcome = call.dial ? BY_AGENT.get(num) : undefined;
  return outcome === undefined ? null : { tenant: call.campaignState.settings.tenant, group: 0, num, detail: 0, labelFr: '', labelEn: '', outcome };
}
