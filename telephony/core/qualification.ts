import type { Command, CommandResult } from '../commands.ts';
import type { Status } from '../configuration.ts';
import { heardInstead } from '../rows.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import { statusKey, type Floor } from './floor.ts';
import { listenedStatus, tellFile } from './outbound-commands.ts';
import { small } from './small-time.ts';
import { refused } from './transfer.ts';

/** Gives a call its status, during it, in wrap-up or later; again replaces the status and moves the figures. */
export function qualify(floor: Floor, agent: Agent, command: Extract<Command, { kind: 'qualify' }>): CommandResult {
  const own = agent.leg?.call;
  const call = own?.id === command.callId ? own : floor.book.byId(command.callId);
  if (!call) return refused('unknown-call', `there is no call ${command.callId}, or it is too long ago`);
  if (call.firstAgent !== agent.number && call.lastAgent !== agent.number && own !== call) return refused('wrong-state', `agent ${agent.number} did not take this call`);
  const status = floor.statuses.get(statusKey(call.campaignState.customer, command.group, command.num, command.detail)) ?? (command.group === 0 ? listenedStatus(call, command.num) : null);
  if (!status) return refused('unknown-status', `there is no status ${command.group}/${command.num}/${command.detail}`);
  countOutcome(floor, call, -1);
  if (call.dial?.result === 'passed') call.dial.dialer.heard(heardInstead(call.status) ?? 'passed', heardInstead(status) ?? 'passed');
  call.status = status;
  call.statusAgent = agent;
  call.comments = command.comments;
  countOutcome(floor, call, 1);
  if (floor.ondata) writeRow(floor, agent, call);
  tellFile(floor, call);
  return { ok: true };
}

/** The row carries the wrap-up so far, so that one row does for status and wrap-up when both end together. */
function writeRow(floor: Floor, agent: Agent, call: Call): void {
  const nowMs = floor.clock.nowMs();
  const runningMs = agent.state === 'wrapup' && agent.leg?.call === call ? small(nowMs - agent.sinceMs) : 0;
  call.wrapupMs += runningMs;
  floor.ondata?.call(call, nowMs);
  call.wrapupMs -= runningMs;
}

/** CA counts argued and positive, CP positive. A status of an earlier day is no longer in today's figures. */
function countOutcome(floor: Floor, call: Call, by: 1 | -1): void {
  const { status, statusAgent: agent } = call;
  if (!status || !agent) return;
  if (by === -1 && call.statusDay !== agent.day) return;
  if (by === 1) call.statusDay = agent.day;
  const { argued, positive } = classes(status);
  agent.arguedToday += by * argued;
  agent.positiveToday += by * positive;
  if (argued > 0) {
    floor.live.agent(agent);
    tellFigures(floor, agent);
  }
}

export function tellFigures(floor: Floor, agent: Agent): void {
  if (!floor.events.figuresChanged) return;
  floor.telling = true;
  floor.events.figuresChanged(agent);
  floor.telling = false;
}

function classes({ outcome }: Status): { argued: number; positive: number } {
  const positive = outcome === 'positive' || outcome === 'appointment' ? 1 : 0;
  return { argued: outcome === 'argued' ? 1 : positive, positive };
}
