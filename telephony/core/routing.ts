import { END_REASONS, SYSTEM_PAUSES } from '../rows.ts';
import type { CallStage } from '../views.ts';
import type { Agent } from './agent.ts';
import { logout, setReady, setState } from './agent-session.ts';
import type { Call } from './call.ts';
import { connect, endCall } from './conversation.ts';
import type { Floor } from './floor.ts';
import { comesBefore, type Queue } from './queue.ts';
import { consultationFailed } from './transfer.ts';

/** Queues that overflow into each other must not move a call for ever. */
const MOST_OVERFLOWS = 16;
/** For a call passed straight to an agent, from no queue. */
const DIRECT_RING_MS = 20_000;

export function setStage(floor: Floor, call: Call, stage: CallStage): void {
  if (!call.parent) {
    call.campaignState.count(call.stage, -1);
    call.campaignState.count(stage, 1);
    floor.live.campaign(call.campaignState);
  }
  call.stage = stage;
}

/** A new visit: the call goes to the best ready agent, waits, or leaves by the queue's rules. */
export function enterQueue(floor: Floor, call: Call, queue: Queue): void {
  const nowMs = floor.clock.nowMs();
  const root = call.parent ?? call;
  call.queueState = queue;
  call.enteredMs = nowMs;
  call.currentLeg = floor.legs.take(root, queue, nowMs, null);
  if (!call.parent && call.firstQueue === 0) {
    call.firstQueue = queue.number;
    call.priority = queue.priority;
  }
  if (!call.parent) root.lastQueue = queue.number;
  if (!queue.isOpen(nowMs)) {
    leaveQueue(floor, call, 'closed');
    turnAway(root);
    endVisitless(floor, call, END_REASONS.closed);
    return;
  }
  if (queue.loggedIn === 0 && queue.settings.noAgentRule !== 'wait') {
    if (queue.settings.noAgentRule === 'overflow' && overflow(floor, call, queue)) return;
    leaveQueue(floor, call, 'no-agent');
    if (root.firstAgent === 0) root.noAgent = 1;
    endVisitless(floor, call, END_REASONS.noAgent);
    return;
  }
  const agent = queue.bestReady();
  if (agent) offer(floor, agent, call);
  else wait(floor, call, queue);
}

function wait(floor: Floor, call: Call, queue: Queue): void {
  queue.waiting.insert(call);
  setStage(floor, call, 'waiting');
  if (queue.maximumWaitMs !== Infinity) floor.clock.set(call, call.enteredMs + queue.maximumWaitMs);
  floor.live.queue(queue);
  if (floor.events.queued) {
    floor.telling = true;
    floor.events.queued(call, queue.number, queue.waiting.size + queue.ringing.size);
    floor.telling = false;
  }
}

/** The maximum wait is over for a call that still waits. */
export function waitedTooLong(floor: Floor, call: Call): void {
  const queue = call.queueState;
  if (!queue) return;
  if (overflow(floor, call, queue)) return;
  leaveQueue(floor, call, 'overflowed');
  const root = call.parent ?? call;
  if (root.firstAgent === 0) root.overflow = 1;
  endVisitless(floor, call, END_REASONS.maximumWait);
}

/** False when the queue names no queue to overflow to. */
function overflow(floor: Floor, call: Call, queue: Queue): boolean {
  const number = queue.settings.overflowQueue;
  const target = number === null ? undefined : floor.queues.get(number);
  if (!target || target.removed || call.overflowVisits >= MOST_OVERFLOWS) return false;
  leaveQueue(floor, call, 'overflowed');
  const root = call.parent ?? call;
  if (root.firstAgent === 0) root.overflow = 1;
  call.overflowVisits += 1;
  floor.counters.overflows += 1;
  if (floor.events.overflowed) {
    floor.telling = true;
    floor.events.overflowed(call, queue.number, target.number);
    floor.telling = false;
  }
  enterQueue(floor, call, target);
  return true;
}

/** A call that has just left its queue by a rule: a consultation fails, a customer's call ends. */
function endVisitless(floor: Floor, call: Call, reason: (typeof END_REASONS)[keyof typeof END_REASONS]): void {
  if (call.parent) consultationFailed(floor, call);
  else endCall(floor, call, reason);
}

/**
 * Closed says that nobody was there for the caller at all: such a call is outside the service level. One that an open queue
 * let go by overflow has been let down by that queue; a closed door behind it must not excuse it. The end reason tells of it.
 */
export function turnAway(call: Call): void {
  if (call.firstAgent === 0 && call.overflow === 0) call.closed = 1;
}

/** Takes a waiting or ringing call out of its queue's lists. */
export function unlink(floor: Floor, call: Call): void {
  const queue = call.queueState;
  if (!queue) return;
  if (call.stage === 'waiting') {
    queue.waiting.remove(call);
    floor.clock.cancel(call);
  } else if (call.stage === 'ringing' && call.currentLeg?.queue) queue.ringing.remove(call);
  floor.live.queue(queue);
}

/** Ends the current visit before an answer, with its leg's row. */
export function leaveQueue(floor: Floor, call: Call, outcome: 'abandoned' | 'overflowed' | 'no-agent' | 'closed'): void {
  const leg = call.currentLeg;
  if (!leg) return;
  const nowMs = floor.clock.nowMs();
  if (call.stage === 'waiting' || call.stage === 'ringing') unlink(floor, call);
  leg.outcome = outcome;
  leg.left = leg.at(nowMs);
  if (call.stage === 'ringing') leg.ringMs = leg.left - leg.ringing;
  countWait(call, nowMs);
  const { queue } = leg;
  if (queue) {
    const { counters } = queue;
    if (floor.dialing && leg.call?.dial) {
      // See connect: those who were called are not counted among those who called.
    } else if (outcome === 'closed') counters.closed += 1;
    else {
      counters.queued += 1;
      if (outcome === 'overflowed') counters.overflowed += 1;
      else if (outcome === 'no-agent') counters.noAgent += 1;
      else {
        counters.abandoned += 1;
        if (Math.floor(leg.waitMs / 1000) <= queue.settings.shortAbandonSeconds) counters.shortAbandoned += 1;
      }
    }
  }
  floor.ondata?.leg(leg, nowMs);
  floor.legs.release(leg);
  call.currentLeg = null;
  // Out of every list: whatever comes next begins from here.
  if (call.stage !== 'ivr') setStage(floor, call, 'ivr');
}

/** The visit's wait is known: by answer or by leaving. A customer on hold during a consultation does not wait in a queue. */
export function countWait(call: Call, nowMs: number): void {
  const leg = call.currentLeg;
  if (!leg) return;
  leg.waitMs = leg.at(nowMs) - leg.entered;
  if (call.parent || !leg.queue) return;
  if (leg.visit === 1) call.firstWaitMs = leg.waitMs;
  call.totalWaitMs += leg.waitMs;
  if (call.overflowVisits > 0) call.overflowWaitMs += leg.waitMs;
}

/** Rings a call at an agent who has none; with a ring timeout of 0 it is put through at once. */
export function offer(floor: Floor, agent: Agent, call: Call): void {
  const nowMs = floor.clock.nowMs();
  const leg = call.currentLeg;
  if (!leg) return;
  const { queue } = leg;
  if (call.stage === 'waiting') unlink(floor, call);
  leg.agent = agent.number;
  leg.ringing = leg.at(nowMs);
  agent.call = call;
  agent.leg = leg;
  call.agent = agent;
  // A person who was dialed hears silence until somebody speaks: it is put through at once.
  const ringMs = floor.dialing && call.dial && call.firstAgent === 0 ? 0 : queue ? queue.ringMs : DIRECT_RING_MS;
  if (queue && ringMs === 0) {
    connect(floor, agent, call);
    return;
  }
  if (queue) {
    queue.ringing.insert(call);
    floor.live.queue(queue);
  }
  setStage(floor, call, 'ringing');
  floor.media.ringAgent(call.line, agent.number);
  floor.clock.set(agent, nowMs + ringMs);
  setState(floor, agent, 'ringing');
  if (floor.events.ringing) {
    floor.telling = true;
    floor.events.ringing(agent, call);
    floor.telling = false;
  }
}

/** The agent did not answer in time, or refused: a pause for the agent, another agent for the call. */
export function reroute(floor: Floor, agent: Agent): void {
  const { call, leg } = agent;
  if (!call || !leg) return;
  const nowMs = floor.clock.nowMs();
  const root = call.parent ?? call;
  const { queue } = leg;
  unlink(floor, call);
  floor.clock.cancel(agent);
  floor.media.stopRinging(call.line, agent.number);
  leg.outcome = 'rerouted';
  leg.left = leg.at(nowMs);
  leg.ringMs = leg.left - leg.ringing;
  leg.waitMs = leg.left - leg.entered;
  if (!call.parent) call.rerouteMs += leg.ringMs;
  floor.counters.reroutes += 1;
  if (queue && !root.dial) queue.counters.rerouted += 1;
  floor.ondata?.leg(leg, nowMs);
  call.currentLeg = queue ? floor.legs.take(root, queue, nowMs, leg) : null;
  call.agent = null;
  release(floor, agent, SYSTEM_PAUSES.noAnswer);
  floor.legs.release(leg);
  if (floor.events.rerouted) {
    floor.telling = true;
    floor.events.rerouted(agent, call);
    floor.telling = false;
  }
  setStage(floor, call, 'ivr');
  if (queue) returnToQueue(floor, call, queue);
  else if (call.parent) consultationFailed(floor, call);
  else backToItsQueue(floor, call);
}

function returnToQueue(floor: Floor, call: Call, queue: Queue): void {
  const other = queue.bestReady();
  if (queue.removed) {
    leaveQueue(floor, call, 'closed');
    turnAway(call.parent ?? call);
    endVisitless(floor, call, END_REASONS.closed);
  } else if (floor.clock.nowMs() >= call.enteredMs + queue.maximumWaitMs) waitedTooLong(floor, call);
  else if (other) offer(floor, other, call);
  else wait(floor, call, queue);
}

/** A call passed straight to an agent who did not take it. */
function backToItsQueue(floor: Floor, call: Call): void {
  const queue = call.queueState ?? floor.queues.get(call.campaignState.settings.queue);
  if (queue) enterQueue(floor, call, queue);
  else endCall(floor, call, END_REASONS.closed);
}

/** Takes the call from the agent and puts the agent into a pause (the pending one first), or out. */
export function release(floor: Floor, agent: Agent, pauseReason: string): void {
  agent.call = null;
  agent.leg = null;
  const reason = agent.pendingPause ?? pauseReason;
  agent.pendingPause = null;
  setState(floor, agent, 'pause', reason);
  if (agent.removed) logout(floor, agent);
}

/**
 * Nothing in hand any more: what is pending first, else the call of the highest priority, then of the
 * longest wait, among the queues of the agent's skills; else ready.
 */
export function becomeFree(floor: Floor, agent: Agent): void {
  agent.call = null;
  agent.leg = null;
  if (agent.removed) {
    logout(floor, agent);
    return;
  }
  if (agent.pendingPause !== null) {
    const reason = agent.pendingPause;
    agent.pendingPause = null;
    setState(floor, agent, 'pause', reason);
    return;
  }
  const call = longestWaiting(agent);
  if (call) offer(floor, agent, call);
  else {
    setReady(floor, agent);
    floor.dialing?.serve(agent);
  }
}

/** The call that an agent who is free now takes. */
export function longestWaiting(agent: Agent): Call | null {
  let best: Call | null = null;
  let bestPriority = 0;
  for (let skill = agent.firstSkill; skill; skill = skill.nextOfAgent) {
    const { queue } = skill;
    const { head } = queue.waiting;
    if (!head) continue;
    if (!best || queue.priority > bestPriority || (queue.priority === bestPriority && comesBefore(head, best))) {
      best = head;
      bestPriority = queue.priority;
    }
  }
  return best;
}
