import { SYSTEM_PAUSES, type AgentState } from '../rows.ts';
import { NOBODY, type Agent } from './agent.ts';
import type { Floor } from './floor.ts';

/** Ends the agent's state with its row and begins another. Leaves the ready lists, never enters them. */
export function setState(floor: Floor, agent: Agent, state: AgentState, pauseReason = ''): void {
  const nowMs = floor.clock.nowMs();
  const before = agent.state;
  if (before === 'ready') leaveReady(floor, agent);
  const durationMs = nowMs - agent.sinceMs;
  if (floor.ondata && before !== 'logged_out' && durationMs > 0) floor.ondata.action(agent, before, agent.sinceMs, durationMs, nowMs);
  agent.state = state;
  agent.sinceMs = nowMs;
  agent.pauseReason = pauseReason;
  const { leg } = agent;
  if (leg?.call) {
    if (floor.ondata) agent.stateCallId = leg.call.id;
    agent.stateQueue = leg.queue ? leg.queue.number : 0;
    agent.stateCampaign = leg.call.campaignState.did;
  } else {
    agent.stateCallId = '';
    agent.stateQueue = 0;
    agent.stateCampaign = '';
  }
  floor.live.agent(agent);
  if (floor.events.agentStateChanged) {
    floor.telling = true;
    floor.events.agentStateChanged(agent);
    floor.telling = false;
  }
}

/** Idle from now on: stands last among the ready agents of its levels. */
export function setReady(floor: Floor, agent: Agent): void {
  for (let skill = agent.firstSkill; skill; skill = skill.nextOfAgent) {
    skill.queue.addReady(skill);
    floor.live.queue(skill.queue);
  }
  setState(floor, agent, 'ready');
}

function leaveReady(floor: Floor, agent: Agent): void {
  for (let skill = agent.firstSkill; skill; skill = skill.nextOfAgent) {
    skill.queue.removeReady(skill);
    floor.live.queue(skill.queue);
  }
}

export function login(floor: Floor, agent: Agent): void {
  const nowMs = floor.clock.nowMs();
  agent.sessionId = sessionId(floor);
  agent.loggedInSinceMs = nowMs;
  agent.pendingPause = null;
  countLogin(floor, agent, 1);
  floor.ondata?.action(agent, 'logged_out', nowMs, 0, nowMs);
  setState(floor, agent, 'pause', SYSTEM_PAUSES.login);
}

export function isLoggedIn(agent: Agent): boolean {
  return agent.state !== 'logged_out';
}

/** For an agent without a call. */
export function logout(floor: Floor, agent: Agent): void {
  const nowMs = floor.clock.nowMs();
  floor.clock.cancel(agent);
  setState(floor, agent, 'logged_out');
  floor.ondata?.action(agent, 'logged_out', nowMs, 0, nowMs);
  countLogin(floor, agent, -1);
  agent.pendingPause = null;
  agent.recorded = false;
  for (const supervisor of agent.listenedBy) floor.media.listen(agent.number, supervisor, false);
  agent.listenedBy = NOBODY;
  agent.sessionId = '';
  agent.loggedInSinceMs = 0;
}

function countLogin(floor: Floor, agent: Agent, by: 1 | -1): void {
  for (let skill = agent.firstSkill; skill; skill = skill.nextOfAgent) {
    const { queue } = skill;
    queue.loggedIn += by;
    floor.live.queue(queue);
  }
}

function sessionId(floor: Floor): string {
  const { random } = floor;
  return [random.uint32(), random.uint32()].map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join('');
}
