import type { Command, CommandResult } from '../commands.ts';
import type { GeneralMessage, LiveMessage } from '../live.ts';
import type { Agent } from './agent.ts';
import { setState } from './agent-session.ts';
import type { Floor } from './floor.ts';
import { refused } from './transfer.ts';

const DONE: CommandResult = { ok: true };

export function listen(floor: Floor, agent: Agent, supervisor: string, on: boolean): CommandResult {
  const listening = agent.listenedBy.includes(supervisor);
  if (listening === on) return refused('wrong-state', `${supervisor} ${on ? 'already listens' : 'does not listen'} to agent ${agent.number}`);
  agent.listenedBy = on ? [...agent.listenedBy, supervisor] : agent.listenedBy.filter((name) => name !== supervisor);
  floor.media.listen(agent.number, supervisor, on);
  const { call } = agent;
  if (on && call && agent.state !== 'ringing') (call.parent ?? call).agentListen = 1;
  floor.live.agent(agent);
  return DONE;
}

export function record(floor: Floor, agent: Agent, on: boolean): CommandResult {
  if (agent.recorded === on) return refused('wrong-state', `agent ${agent.number} is ${on ? 'already' : 'not'} recorded`);
  agent.recorded = on;
  const { call } = agent;
  // A recorded agent's later calls are recorded from their answer; a consultation is none.
  if (call && !call.parent && agent.state !== 'ringing') floor.media.record(call.line, on);
  floor.live.agent(agent);
  return DONE;
}

/** A busy agent finishes the call and its wrap-up first. */
export function forcePause(floor: Floor, agent: Agent, reason: string): CommandResult {
  if (!floor.pauseReasons.has(reason)) return refused('unknown-reason', `there is no pause reason ${reason}`);
  if (agent.state === 'pause') return refused('wrong-state', `agent ${agent.number} is already in a pause`);
  if (agent.state === 'ready' || agent.state === 'preview') {
    floor.dialing?.dropPreview(agent);
    setState(floor, agent, 'pause', reason);
  }
  else {
    agent.pendingPause = reason;
    floor.live.agent(agent);
  }
  return DONE;
}

export function message(floor: Floor, command: Extract<Command, { kind: 'message' }>): CommandResult {
  const { to, supervisor, text } = command;
  if (to !== 'all' && 'team' in to && !floor.teams.has(to.team)) return refused('unknown-team', `there is no team ${to.team}`);
  if (to !== 'all' && 'agent' in to) {
    const agent = floor.agents.get(to.agent);
    if (!agent || agent.removed) return refused('unknown-agent', `there is no agent ${to.agent}`);
    if (agent.state === 'logged_out') return refused('wrong-state', `agent ${to.agent} is not logged in`);
  }
  deliver(floor, floor.live.send(supervisor, to, text, null));
  return DONE;
}

/** The automaton's own word to everybody. */
export function tellFloor(floor: Floor, general: GeneralMessage, text: string): void {
  deliver(floor, floor.live.send('automaton', 'all', text, general));
}

function deliver(floor: Floor, sent: LiveMessage): void {
  if (floor.events.messageSent) {
    const receivers = [...floor.agents.values()].filter((agent) => agent.state !== 'logged_out' && floor.live.concerns(sent, agent));
    floor.telling = true;
    floor.events.messageSent(sent, receivers);
    floor.telling = false;
  }
}

export function messageSeen(floor: Floor, agent: Agent, messageId: string): CommandResult {
  if (!floor.live.seen(messageId, agent)) return refused('unknown-message', `agent ${agent.number} has no message ${messageId}`);
  return DONE;
}
