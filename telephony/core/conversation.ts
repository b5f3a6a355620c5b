import type { Line } from '../media.ts';
import { END_REASONS, type EndReason } from '../rows.ts';
import type { Agent } from './agent.ts';
import { setState } from './agent-session.ts';
import type { Call } from './call.ts';
import { campaignQueue, type Floor } from './floor.ts';
import { endIvr } from './ivr.ts';
import { dialEnded, passed } from './outbound.ts';
import { becomeFree, countWait, leaveQueue, setStage } from './routing.ts';
import { small } from './small-time.ts';
import { withdrawConsultation } from './transfer.ts';

/** The agent takes the call that rings, or that is put through. */
export function connect(floor: Floor, agent: Agent, call: Call): void {
  const { leg } = agent;
  if (!leg) return;
  const nowMs = floor.clock.nowMs();
  const { queue } = leg;
  if (call.stage === 'ringing') {
    floor.clock.cancel(agent);
    queue?.ringing.remove(call);
    leg.ringMs = leg.at(nowMs) - leg.ringing;
  }
  leg.outcome = 'answered';
  leg.answered = leg.at(nowMs);
  leg.stretch = leg.answered;
  countWait(call, nowMs);
  if (queue) {
    queue.talking += 1;
    // What a queue owes to those who called it is not for those who were called.
    if (!floor.dialing || !leg.call?.dial) {
      queue.counters.queued += 1;
      queue.counters.answered += 1;
      if (Math.floor(leg.waitMs / 1000) <= queue.settings.targetSeconds) queue.counters.answeredInTarget += 1;
    }
    floor.live.queue(queue);
  }
  agent.answeredToday += 1;
  setStage(floor, call, 'talking');
  floor.media.connect(call.line, agent.number);
  if (agent.recorded && !call.parent) floor.media.record(call.line, true);
  setState(floor, agent, 'talk');
  floor.ondata?.leg(leg, nowMs);
  if (!call.parent) {
    if (agent.listenedBy.length > 0) call.agentListen = 1;
    call.lastAgent = agent.number;
    if (call.firstAgent === 0) {
      call.firstAgent = agent.number;
      call.acceptMs = leg.ringMs;
      if (call.dial) passed(floor, call.dial, leg.waitMs);
      floor.ondata?.call(call, nowMs);
    }
  }
  tellConnected(floor, agent, call);
}

export function tellConnected(floor: Floor, agent: Agent, call: Call): void {
  if (!floor.events.connected) return;
  floor.telling = true;
  floor.events.connected(agent, call);
  floor.telling = false;
}

/** Puts the running stretch of talk or hold into the sums. Talk within a consultation is the agent's, not the customer's. */
export function closeStretch(call: Call, agent: Agent, nowMs: number): void {
  const { leg } = agent;
  if (!leg) return;
  const now = leg.at(nowMs);
  const durationMs = now - leg.stretch;
  leg.stretch = now;
  if (call.stage === 'held') {
    leg.holdMs += durationMs;
    if (!call.parent) call.holdMs += durationMs;
  } else {
    leg.talkMs += durationMs;
    if (!call.parent) call.talkMs += durationMs;
  }
}

export function hold(floor: Floor, agent: Agent, call: Call): void {
  closeStretch(call, agent, floor.clock.nowMs());
  setStage(floor, call, 'held');
  floor.media.hold(call.line);
  setState(floor, agent, 'hold');
}

export function resume(floor: Floor, agent: Agent, call: Call): void {
  closeStretch(call, agent, floor.clock.nowMs());
  setStage(floor, call, 'talking');
  floor.media.resume(call.line);
  setState(floor, agent, 'talk');
}

/** The agent's part in the call is over: its leg's row is written, the agent still has to be sent into wrap-up. */
export function closePart(floor: Floor, agent: Agent, call: Call, how: 'transferred' | 'by-agent' | 'by-other'): void {
  const { leg } = agent;
  if (!leg) return;
  const nowMs = floor.clock.nowMs();
  closeStretch(call, agent, nowMs);
  leg.left = leg.at(nowMs);
  leg.transferred = how === 'transferred' ? 1 : 0;
  leg.endByAgent = how === 'by-agent' ? 1 : 0;
  if (leg.queue) {
    leg.queue.talking -= 1;
    floor.live.queue(leg.queue);
  }
  const root = call.parent ?? call;
  root.wrapups += 1;
  if (floor.dialing) root.dial?.dialer.talked(nowMs, leg.left - leg.answered);
  if (agent.recorded && !call.parent) floor.media.record(call.line, false);
  call.agent = null;
  call.currentLeg = null;
  agent.call = null;
  floor.ondata?.leg(leg, nowMs);
}

/** After {@link closePart}. A maximum of 0 leaves no wrap-up at all. */
export function beginWrapup(floor: Floor, agent: Agent): void {
  const { leg } = agent;
  const call = leg?.call;
  if (!leg || !call) return;
  const maximumMs = (leg.queue ?? campaignQueue(floor, call.campaignState.settings))?.maximumWrapupMs ?? Infinity;
  if (maximumMs === 0) {
    finishWrapup(floor, agent);
    return;
  }
  setState(floor, agent, 'wrapup');
  if (maximumMs !== Infinity) floor.clock.set(agent, floor.clock.nowMs() + maximumMs);
  if (floor.events.wrapupBegun) {
    floor.telling = true;
    floor.events.wrapupBegun(agent, call.id);
    floor.telling = false;
  }
}

/** Ends the wrap-up, by the agent or by its maximum, and gives the agent the next thing to do. */
export function finishWrapup(floor: Floor, agent: Agent): void {
  const { leg } = agent;
  const call = leg?.call;
  if (leg && call) {
    const nowMs = floor.clock.nowMs();
    if (agent.state === 'wrapup') leg.wrapupMs = small(nowMs - agent.sinceMs);
    call.wrapupMs += leg.wrapupMs;
    call.wrapups -= 1;
    if (floor.dialing) call.dial?.dialer.wrapped(nowMs, leg.wrapupMs);
    if (floor.ondata) {
      if (Math.floor(leg.wrapupMs / 1000) !== leg.wrapupWritten) floor.ondata.leg(leg, nowMs);
      if (call.ended >= 0 && Math.floor(call.wrapupMs / 1000) !== call.wrapupWritten) floor.ondata.call(call, nowMs);
    }
    if (call.ended >= 0 && call.wrapups === 0) floor.book.settle(call);
    floor.legs.release(leg);
  }
  floor.clock.cancel(agent);
  becomeFree(floor, agent);
}

/** Ends a call that is in no queue's lists. The agent who talks goes into wrap-up. */
export function endCall(floor: Floor, call: Call, reason: EndReason): void {
  const nowMs = floor.clock.nowMs();
  const { agent } = call;
  if (agent) {
    if (agent.consultation) withdrawConsultation(floor, agent, agent.consultation, END_REASONS.caller);
    closePart(floor, agent, call, reason === END_REASONS.agent ? 'by-agent' : 'by-other');
  }
  endIvr(floor, call);
  call.ended = call.after(nowMs);
  call.endReason = reason;
  if (reason === END_REASONS.agent) call.endByAgent = 1;
  setStage(floor, call, 'ended');
  floor.book.end(call);
  floor.media.hangUp(call.line);
  floor.counters.ended += 1;
  floor.ondata?.call(call, nowMs);
  if (floor.dialing && call.dial) dialEnded(floor, call, call.dial);
  if (floor.events.callEnded) {
    floor.telling = true;
    floor.events.callEnded(call, reason);
    floor.telling = false;
  }
  if (agent) beginWrapup(floor, agent);
  else if (call.wrapups === 0) floor.book.settle(call);
}

/** The caller hangs up, wherever the call is. */
export function callerHungUp(floor: Floor, line: Line): void {
  const call = floor.book.ofLine(line);
  if (!call) return;
  const ringingAgent = call.stage === 'ringing' ? call.agent : null;
  if (call.stage === 'waiting' || ringingAgent) {
    if (ringingAgent) {
      floor.clock.cancel(ringingAgent);
      floor.media.stopRinging(line, ringingAgent.number);
      call.agent = null;
    }
    leaveQueue(floor, call, 'abandoned');
    if (call.firstAgent === 0) {
      call.abandon = 1;
      floor.counters.abandoned += 1;
    }
  }
  endCall(floor, call, END_REASONS.caller);
  if (ringingAgent) becomeFree(floor, ringingAgent);
}
