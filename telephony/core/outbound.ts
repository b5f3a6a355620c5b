import type { Contact } from '../contacts.ts';
import { Line, type DialProgress } from '../media.ts';
import type { AttemptResult } from '../outbound-configuration.ts';
import { END_REASONS } from '../rows.ts';
import type { Agent } from './agent.ts';
import { setState } from './agent-session.ts';
import type { Call } from './call.ts';
import type { CampaignDialer } from './campaign-dialer.ts';
import { connect, endCall } from './conversation.ts';
import { Dial } from './dial.ts';
import type { Floor } from './floor.ts';
import { becomeFree, leaveQueue, offer, setStage } from './routing.ts';

/** Detection that is silent for so long beyond its time has failed: a person must not be kept waiting for it. */
const DETECTION_GRACE_MS = 1000;

/**
 * Dials a contact, for an agent who is kept free for it, or for whoever is free at the answer (`null`).
 * False = no channel is free; nothing has happened then.
 */
export function dial(floor: Floor, dialer: CampaignDialer, contact: Contact, agent: Agent | null): boolean {
  const nowMs = floor.clock.nowMs();
  const { campaign, settings, queue } = dialer;
  const line = new Line(settings.callerNumber, contact.number);
  if (floor.media.dial(line, { site: campaign.settings.site, machineMs: detects(dialer) ? settings.machineSeconds * 1000 : null }) === 'busy') return false;
  const call = floor.book.begin(line, campaign, nowMs);
  call.dial = new Dial(dialer, contact, nowMs);
  call.stage = 'dialing';
  campaign.count('dialing', 1);
  dialer.flight.add(call);
  dialer.lines += 1;
  dialer.counts.dialed += 1;
  floor.counters.dialed += 1;
  floor.clock.set(call, nowMs + settings.ringSeconds * 1000);
  floor.live.campaign(campaign);
  floor.ondata?.call(call, nowMs);
  if (agent && queue) {
    const leg = floor.legs.take(call, queue, nowMs, null);
    leg.agent = agent.number;
    call.currentLeg = leg;
    call.agent = agent;
    agent.call = call;
    agent.leg = leg;
    setState(floor, agent, 'dialing');
  }
  if (floor.events.dialed) {
    floor.telling = true;
    floor.events.dialed(call);
    floor.telling = false;
  }
  return true;
}

/** With an agent on the line there is nothing to detect. */
function detects({ settings }: CampaignDialer): boolean {
  return settings.machineDetection && (settings.mode === 'progressive' || settings.mode === 'predictive');
}

export function dialProgress(floor: Floor, line: Line, progress: DialProgress): void {
  const call = floor.book.ofLine(line);
  if (!call?.dial || call.stage !== 'dialing') return;
  if (progress === 'person') personAnswered(floor, call, call.dial);
  else if (progress === 'answered') {
    call.dial.answeredMs = floor.clock.nowMs();
    floor.clock.set(call, floor.clock.nowMs() + call.dial.dialer.settings.machineSeconds * 1000 + DETECTION_GRACE_MS);
  } else notReached(floor, call, progress);
}

/** The time of an outbound call that no agent has had yet is over. */
export function dialDue(floor: Floor, call: Call): void {
  const { dial: own } = call;
  if (!own) return;
  if (call.stage === 'dialing') {
    if (own.answeredMs >= 0) personAnswered(floor, call, own);
    else notReached(floor, call, 'no-answer');
  } else if (call.stage === 'waiting') nuisance(floor, call);
  else if (call.stage === 'message') endCall(floor, call, END_REASONS.nuisance);
}

/** The dialed person hangs up before any agent had the call. */
export function dialedHungUp(floor: Floor, call: Call): void {
  if (call.stage === 'dialing') notReached(floor, call, 'no-answer');
  else if (call.stage === 'message') {
    floor.clock.cancel(call);
    endCall(floor, call, END_REASONS.nuisance);
  } else {
    countNuisance(floor, call);
    endCall(floor, call, END_REASONS.caller);
  }
}

/** Ends a dial that has reached no person: its result is known, its agent is free again. */
export function notReached(floor: Floor, call: Call, result: Exclude<AttemptResult, 'passed' | 'nuisance'>, byAgent = false): void {
  const { dial: own, agent, currentLeg } = call;
  if (!own || call.stage !== 'dialing') return;
  const nowMs = floor.clock.nowMs();
  floor.clock.cancel(call);
  own.result = result;
  own.dialer.flight.delete(call);
  if (result === 'interrupted') own.dialer.counts.interrupted += 1;
  else own.dialer.known(result, nowMs, (own.answeredMs < 0 ? nowMs : own.answeredMs) - own.startedMs);
  if (currentLeg) floor.legs.release(currentLeg);
  call.currentLeg = null;
  call.agent = null;
  if (agent) {
    agent.call = null;
    agent.leg = null;
  }
  endCall(floor, call, byAgent ? END_REASONS.agent : result === 'interrupted' || result === 'cancelled' ? END_REASONS[result] : END_REASONS.notReached);
  if (agent) becomeFree(floor, agent);
}

function personAnswered(floor: Floor, call: Call, own: Dial): void {
  const nowMs = floor.clock.nowMs();
  const { dialer } = own;
  const { queue } = dialer;
  floor.clock.cancel(call);
  dialer.flight.delete(call);
  if (own.answeredMs < 0) own.answeredMs = nowMs;
  dialer.known('person', nowMs, nowMs - own.startedMs);
  const { agent, currentLeg } = call;
  if (!queue) return;
  call.queueState = queue;
  call.enteredMs = nowMs;
  call.firstQueue = queue.number;
  call.lastQueue = queue.number;
  call.priority = queue.priority;
  if (agent && currentLeg) {
    // Its visit begins now; while it rang, nobody waited.
    currentLeg.started = call.after(nowMs);
    currentLeg.entered = currentLeg.started;
    connect(floor, agent, call);
    return;
  }
  call.currentLeg = floor.legs.take(call, queue, nowMs, null);
  const free = queue.bestReady();
  if (free) offer(floor, free, call);
  else {
    queue.waiting.insert(call);
    setStage(floor, call, 'waiting');
    floor.live.queue(queue);
    floor.clock.set(call, nowMs + dialer.settings.patienceSeconds * 1000);
  }
}

/** Nobody was free in time: the message plays, and the call is kept as evidence. */
export function nuisance(floor: Floor, call: Call): void {
  const { dial: own } = call;
  if (!own) return;
  const { message, messageSeconds } = own.dialer.settings;
  countNuisance(floor, call);
  setStage(floor, call, 'message');
  floor.media.play(call.line, message);
  floor.clock.set(call, floor.clock.nowMs() + messageSeconds * 1000);
}

function countNuisance(floor: Floor, call: Call): void {
  const { dial: own } = call;
  if (!own) return;
  own.result = 'nuisance';
  leaveQueue(floor, call, 'abandoned');
  call.abandon = 1;
  own.dialer.nuisance(floor.clock.nowMs());
  floor.counters.nuisance += 1;
  if (!floor.events.nuisance) return;
  floor.telling = true;
  floor.events.nuisance(call);
  floor.telling = false;
}

/** An agent has the call for the first time. */
export function passed(floor: Floor, own: Dial, waitedMs: number): void {
  own.result = 'passed';
  own.dialer.passed(floor.clock.nowMs(), waitedMs);
}

/** The call is over: its line is free, and its contact's file hears of it. */
export function dialEnded(floor: Floor, call: Call, own: Dial): void {
  own.dialer.lines -= 1;
  report(floor, call, own);
}

/** Says what is known of an attempt that is over; once more when more is known. */
export function report(floor: Floor, call: Call, own: Dial): void {
  const { status } = call;
  floor.contacts?.report({
    campaign: own.dialer.campaign.did,
    tenant: own.dialer.campaign.settings.tenant,
    contact: own.contact,
    callId: call.id,
    startedMs: own.startedMs,
    endedMs: call.startedMs + call.ended,
    result: own.result ?? 'interrupted',
    agent: call.lastAgent,
    status: status ? { group: status.group, num: status.num, detail: status.detail } : null,
    callBack: own.callBack,
  });
}
