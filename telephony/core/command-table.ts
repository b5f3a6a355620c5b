import type { Command, CommandResult } from '../commands.ts';
import { END_REASONS } from '../rows.ts';
import type { Agent } from './agent.ts';
import { isLoggedIn, login, logout, setState } from './agent-session.ts';
import { connect, endCall, finishWrapup, hold, resume } from './conversation.ts';
import type { Floor } from './floor.ts';
import { notReached } from './outbound.ts';
import { campaignCommand, dialContact, dialNumber, nextContact, promiseCallBack, skipContact } from './outbound-commands.ts';
import { qualify } from './qualification.ts';
import { becomeFree, reroute } from './routing.ts';
import { forcePause, listen, message, messageSeen, record } from './supervision.ts';
import { cancelTransfer, completeTransfer, leaveConsultation, refused, transfer } from './transfer.ts';

const DONE: CommandResult = { ok: true };

/** Carries a command out, or says why not. `later` is told what came of a command whose outcome nobody knows at once. */
export function carryOut(floor: Floor, command: Command, later: (result: CommandResult) => void = () => undefined): CommandResult {
  if (command.kind === 'message') return message(floor, command);
  if ('supervisor' in command && 'campaign' in command) return campaignCommand(floor, command);
  const agent = floor.agents.get(command.agent);
  if (!agent || (agent.removed && agent.state === 'logged_out')) return refused('unknown-agent', `there is no agent ${command.agent}`);
  if (command.kind === 'qualify') return qualify(floor, agent, command);
  if (command.kind === 'call-back') return promiseCallBack(floor, agent, command);
  if (command.kind === 'message-seen') return messageSeen(floor, agent, command.messageId);
  if (command.kind === 'login') {
    if (agent.state !== 'logged_out') return wrongState(agent, 'logged_out');
    login(floor, agent);
    return DONE;
  }
  if (agent.state === 'logged_out') return refused('wrong-state', `agent ${agent.number} is not logged in`);
  switch (command.kind) {
    case 'listen':
      return listen(floor, agent, command.supervisor, command.on);
    case 'record':
      return record(floor, agent, command.on);
    case 'force-pause':
      return forcePause(floor, agent, command.reason);
    case 'pause':
      return pause(floor, agent, command.reason);
    case 'transfer':
      return transfer(floor, agent, command.mode, command.to);
    case 'complete-transfer':
      return completeTransfer(floor, agent);
    case 'cancel-transfer':
      return cancelTransfer(floor, agent);
    case 'logout':
      return leave(floor, agent);
    case 'ready':
      return ready(floor, agent);
    case 'end-wrapup':
      if (agent.state !== 'wrapup') return wrongState(agent, 'wrapup');
      finishWrapup(floor, agent);
      return DONE;
    case 'answer':
      if (agent.state !== 'ringing' || !agent.call) return wrongState(agent, 'ringing');
      connect(floor, agent, agent.call);
      return DONE;
    case 'hold':
      if (agent.state !== 'talk' || !agent.call) return wrongState(agent, 'talk');
      if (agent.call.parent) return refused('wrong-state', 'a consultation cannot be put on hold');
      hold(floor, agent, agent.call);
      return DONE;
    case 'resume':
      if (agent.state !== 'hold' || !agent.call) return wrongState(agent, 'hold');
      if (agent.consultation) return refused('wrong-state', 'a consultation is open: complete or cancel it first');
      resume(floor, agent, agent.call);
      return DONE;
    case 'next-contact':
      return nextContact(floor, agent);
    case 'dial-contact':
      return dialContact(floor, agent);
    case 'skip-contact':
      return skipContact(floor, agent);
    case 'dial-number':
      return dialNumber(floor, agent, command, later);
    case 'hang-up':
      return hangUp(floor, agent);
  }
}

function ready(floor: Floor, agent: Agent): CommandResult {
  if (agent.state === 'wrapup') finishWrapup(floor, agent);
  else if (agent.state === 'pause') becomeFree(floor, agent);
  else return wrongState(agent, 'pause or wrapup');
  return DONE;
}

function pause(floor: Floor, agent: Agent, reason: string): CommandResult {
  if (!floor.pauseReasons.has(reason)) return refused('unknown-reason', `there is no pause reason ${reason}`);
  if (agent.state === 'wrapup') {
    agent.pendingPause ??= reason;
    finishWrapup(floor, agent);
  } else if (isFree(agent)) {
    floor.dialing?.dropPreview(agent);
    setState(floor, agent, 'pause', reason);
  } else if (agent.state === 'dialing') {
    // Numbers ring for the agent one after the other: the pause begins when this one is over, or its talk.
    agent.pendingPause ??= reason;
    floor.live.agent(agent);
  } else return wrongState(agent, 'ready, pause or wrapup');
  return DONE;
}

function leave(floor: Floor, agent: Agent): CommandResult {
  if (agent.state === 'wrapup') {
    // The pause that follows lasts no time and leaves no row.
    agent.pendingPause ??= '';
    finishWrapup(floor, agent);
  } else if (isFree(agent)) floor.dialing?.dropPreview(agent);
  else return wrongState(agent, 'ready, pause or wrapup');
  if (isLoggedIn(agent)) logout(floor, agent);
  return DONE;
}

/** Ringing: refuses the offer. Talking: ends the call, or leaves the consultation that one was asked into. */
function hangUp(floor: Floor, agent: Agent): CommandResult {
  const { call } = agent;
  if (!call) return refused('wrong-state', `agent ${agent.number} has no call`);
  if (agent.state === 'ringing') reroute(floor, agent);
  else if (agent.state === 'dialing') notReached(floor, call, 'cancelled', true);
  else if (agent.consultation) return refused('wrong-state', 'a consultation is open: complete or cancel it first');
  else if (call.parent) leaveConsultation(floor, agent, call);
  else endCall(floor, call, END_REASONS.agent);
  return DONE;
}

/** Has no call in hand, nor one to wrap up; a contact that is only looked at goes back. */
function isFree({ state }: Agent): boolean {
  return state === 'ready' || state === 'pause' || state === 'preview';
}

function wrongState(agent: Agent, wanted: string): CommandResult {
  return refused('wrong-state', `agent ${agent.number} is in state ${agent.state}, not ${wanted}`);
}
