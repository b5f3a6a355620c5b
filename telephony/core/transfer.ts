import type { CommandResult } from '../commands.ts';
import { END_REASONS, type EndReason } from '../rows.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import { beginWrapup, closePart, closeStretch, hold, resume, tellConnected } from './conversation.ts';
import type { Floor } from './floor.ts';
import type { Queue } from './queue.ts';
import { becomeFree, enterQueue, offer, setStage, unlink } from './routing.ts';

export type Target = { queue: number } | { agent: number };
type Resolved = { queue: Queue } | { agent: Agent };

const DONE: CommandResult = { ok: true };

/** Passes the call on: at once, or after speaking with the colleague. */
export function transfer(floor: Floor, agent: Agent, mode: 'blind' | 'consulted', to: Target): CommandResult {
  const { call } = agent;
  if (!call || (agent.state !== 'talk' && agent.state !== 'hold')) return refused('wrong-state', `agent ${agent.number} has no call to transfer`);
  if (call.parent) return refused('wrong-state', 'a consultation cannot be transferred');
  if (agent.consultation) return refused('wrong-state', 'a consultation is open: complete or cancel it first');
  const target = resolve(floor, agent, to);
  if ('code' in target) return target;
  if (mode === 'blind') passBlindly(floor, agent, call, target);
  else consult(floor, agent, call, target);
  return DONE;
}

function passBlindly(floor: Floor, agent: Agent, call: Call, target: Resolved): void {
  closePart(floor, agent, call, 'transferred');
  floor.media.hold(call.line);
  call.overflowVisits = 0;
  markTransferred(floor, call, agent, 'blind', target);
  setStage(floor, call, 'ivr');
  send(floor, call, target);
  beginWrapup(floor, agent);
}

function consult(floor: Floor, agent: Agent, call: Call, target: Resolved): void {
  if (call.stage !== 'held') hold(floor, agent, call);
  const consultation = floor.book.consultation(call, floor.clock.nowMs());
  consultation.consultant = agent;
  agent.consultation = consultation;
  send(floor, consultation, target);
}

/** The colleague takes the customer over. */
export function completeTransfer(floor: Floor, agent: Agent): CommandResult {
  const { call, consultation } = agent;
  const colleague = consultation?.agent;
  if (!call || !consultation || !colleague) return refused('wrong-state', `agent ${agent.number} consults nobody`);
  if (consultation.stage !== 'talking') return refused('wrong-state', 'the colleague has not answered yet');
  closeStretch(consultation, colleague, floor.clock.nowMs());
  const { leg } = colleague;
  const target: Resolved = leg?.queue ? { queue: leg.queue } : { agent: colleague };
  closePart(floor, agent, call, 'transferred');
  agent.consultation = null;
  call.agent = colleague;
  call.currentLeg = leg;
  call.lastAgent = colleague.number;
  if (leg?.queue) {
    call.queueState = leg.queue;
    call.lastQueue = leg.queue.number;
  }
  colleague.call = call;
  if (colleague.listenedBy.length > 0) call.agentListen = 1;
  setStage(floor, call, 'talking');
  endConsultation(floor, consultation, END_REASONS.agent);
  floor.media.connect(call.line, colleague.number);
  if (colleague.recorded) floor.media.record(call.line, true);
  markTransferred(floor, call, agent, 'consulted', target);
  floor.live.agent(colleague);
  tellConnected(floor, colleague, call);
  beginWrapup(floor, agent);
  return DONE;
}

/** Back to the customer. */
export function cancelTransfer(floor: Floor, agent: Agent): CommandResult {
  const { consultation } = agent;
  if (!consultation) return refused('wrong-state', `agent ${agent.number} consults nobody`);
  withdrawConsultation(floor, agent, consultation, END_REASONS.agent);
  backToCustomer(floor, agent);
  return DONE;
}

/** Nobody took the consultation, or the colleague hung up. It is in no list any more. */
export function consultationFailed(floor: Floor, consultation: Call): void {
  const { consultant } = consultation;
  endConsultation(floor, consultation, END_REASONS.agent);
  if (!consultant || consultant.consultation !== consultation) return;
  consultant.consultation = null;
  backToCustomer(floor, consultant);
}

/** The consulted colleague hangs up. */
export function leaveConsultation(floor: Floor, colleague: Agent, consultation: Call): void {
  closePart(floor, colleague, consultation, 'by-agent');
  consultationFailed(floor, consultation);
  beginWrapup(floor, colleague);
}

/** Ends a consultation wherever it is. One that nobody answered leaves no leg: it had no fate. */
export function withdrawConsultation(floor: Floor, agent: Agent, consultation: Call, reason: EndReason): void {
  agent.consultation = null;
  const colleague = consultation.agent;
  if (consultation.stage === 'talking' && colleague) {
    closePart(floor, colleague, consultation, 'by-other');
    endConsultation(floor, consultation, reason);
    beginWrapup(floor, colleague);
    return;
  }
  unlink(floor, consultation);
  if (consultation.currentLeg) floor.legs.release(consultation.currentLeg);
  consultation.currentLeg = null;
  endConsultation(floor, consultation, reason);
  if (!colleague) return;
  floor.clock.cancel(colleague);
  floor.media.stopRinging(consultation.line, colleague.number);
  becomeFree(floor, colleague);
}

function endConsultation(floor: Floor, consultation: Call, reason: EndReason): void {
  consultation.stage = 'ended';
  consultation.ended = consultation.after(floor.clock.nowMs());
  consultation.endReason = reason;
  if (!floor.events.callEnded) return;
  floor.telling = true;
  floor.events.callEnded(consultation, reason);
  floor.telling = false;
}

function backToCustomer(floor: Floor, agent: Agent): void {
  const { call } = agent;
  if (!call) return;
  resume(floor, agent, call);
  if (!floor.events.consultationEnded) return;
  floor.telling = true;
  floor.events.consultationEnded(agent, call);
  floor.telling = false;
}

function send(floor: Floor, call: Call, target: Resolved): void {
  if ('queue' in target) {
    enterQueue(floor, call, target.queue);
    return;
  }
  const nowMs = floor.clock.nowMs();
  call.enteredMs = nowMs;
  call.currentLeg = floor.legs.take(call.parent ?? call, null, nowMs, null);
  offer(floor, target.agent, call);
}

function markTransferred(floor: Floor, call: Call, from: Agent, mode: 'blind' | 'consulted', target: Resolved): void {
  call.lastTransfer = `${'queue' in target ? target.queue.number : target.agent.number}`;
  floor.counters.transfers += 1;
  if (!floor.events.transferred) return;
  floor.telling = true;
  floor.events.transferred(call, from.number, mode);
  floor.telling = false;
}

function resolve(floor: Floor, from: Agent, to: Target): Resolved | Extract<CommandResult, { ok: false }> {
  if ('queue' in to) {
    const queue = floor.queues.get(to.queue);
    if (!queue || queue.removed) return refused('unknown-queue', `there is no queue ${to.queue}`);
    if (!queue.isOpen(floor.clock.nowMs())) return refused('no-target', `queue ${to.queue} is closed`);
    if (queue.loggedIn === 0 && queue.settings.noAgentRule !== 'wait') return refused('no-target', `nobody is logged in for queue ${to.queue}`);
    return { queue };
  }
  const agent = floor.agents.get(to.agent);
  if (!agent || agent.removed) return refused('unknown-agent', `there is no agent ${to.agent}`);
  if (agent === from) return refused('no-target', 'a call cannot be transferred to oneself');
  if (agent.state !== 'ready') return refused('no-target', `agent ${to.agent} is not ready (${agent.state})`);
  return { agent };
}

type Code = Extract<CommandResult, { ok: false }>['code'];

export function refused(code: Code, reason: string): Extract<CommandResult, { ok: false }> {
  return { ok: false, code, reason };
}
