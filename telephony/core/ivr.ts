import type { ScenarioStep } from '../configuration.ts';
import type { Line } from '../media.ts';
import { END_REASONS } from '../rows.ts';
import type { Call } from './call.ts';
import { endCall } from './conversation.ts';
import { campaignQueue, type Floor } from './floor.ts';
import { enterQueue } from './routing.ts';
import { chosen, type CompiledStep } from './scenario.ts';

/** A scenario that runs in a circle must not hold a channel for ever. */
const MOST_STEPS = 500;

/** A call comes in: false when no inbound campaign has the number that was dialed. */
export function incoming(floor: Floor, line: Line): boolean {
  const campaign = floor.entryPoints.get(line.dnis);
  if (!campaign) return false;
  const nowMs = floor.clock.nowMs();
  const call = floor.book.begin(line, campaign, nowMs);
  floor.counters.calls += 1;
  campaign.count('ivr', 1);
  floor.live.campaign(campaign);
  const { scenario } = campaign.settings;
  call.scenario = scenario === null ? null : (floor.scenarios.get(scenario) ?? null);
  floor.ondata?.call(call, nowMs);
  if (floor.events.callStarted) {
    floor.telling = true;
    floor.events.callStarted(call);
    floor.telling = false;
  }
  if (call.scenario) runStep(floor, call, call.scenario.start);
  else toQueue(floor, call, campaignQueue(floor, campaign.settings)?.number ?? 0);
  return true;
}

/** Runs steps until one takes time or the IVR is left. */
function runStep(floor: Floor, call: Call, first: string): void {
  let name: string | undefined = first;
  while (name !== undefined) {
    const compiled: CompiledStep | undefined = call.scenario?.steps.get(name);
    call.steps += 1;
    if (!compiled || call.steps > MOST_STEPS) {
      endCall(floor, call, END_REASONS.ivr);
      return;
    }
    call.step = compiled;
    call.attempt = 0;
    if (call.firstIvr === '') call.firstIvr = compiled.label;
    call.lastIvr = compiled.label;
    const step: ScenarioStep = compiled.step;
    if (step.kind === 'opening-hours') {
      const open: boolean = floor.openings.get(step.calendar)?.isOpen(floor.clock.nowMs()) ?? false;
      if (!open) call.closedBranch = true;
      name = open ? step.open : step.closed;
    } else if (step.kind === 'queue') {
      toQueue(floor, call, step.queue);
      return;
    } else {
      if (step.kind === 'menu') prompt(floor, call);
      else {
        if (step.kind !== 'look-up') floor.media.play(call.line, step.message);
        floor.clock.set(call, floor.clock.nowMs() + step.seconds * 1000);
      }
      return;
    }
  }
}

function prompt(floor: Floor, call: Call): void {
  const step = call.step?.step;
  if (step?.kind !== 'menu') return;
  floor.media.play(call.line, step.message);
  floor.clock.set(call, floor.clock.nowMs() + (step.seconds + step.timeoutSeconds) * 1000);
  if (floor.events.prompted) {
    floor.telling = true;
    floor.events.prompted(call, step, call.attempt);
    floor.telling = false;
  }
}

/** The time of the current step is over. */
export function stepDue(floor: Floor, call: Call): void {
  const step = call.step?.step;
  if (!step) return;
  if (step.kind === 'announce') runStep(floor, call, step.next);
  else if (step.kind === 'menu') tryAgain(floor, call);
  else if (step.kind === 'look-up') {
    const value = floor.lookupTables.get(step.table)?.get(call.caller);
    runStep(floor, call, (value === undefined ? undefined : chosen(step.matches, value)) ?? step.otherwise);
  } else if (step.kind === 'hang-up') {
    if (call.closedBranch) call.closed = 1;
    endCall(floor, call, step.resolved ? END_REASONS.ivrResolved : call.closedBranch ? END_REASONS.closed : END_REASONS.ivr);
  }
}

function tryAgain(floor: Floor, call: Call): void {
  const step = call.step?.step;
  if (step?.kind !== 'menu') return;
  if (call.attempt >= step.retries) {
    runStep(floor, call, step.otherwise);
    return;
  }
  call.attempt += 1;
  prompt(floor, call);
}

/** A key, also while the menu is being read; outside a menu it is ignored. */
export function digit(floor: Floor, line: Line, key: string): void {
  const call = floor.book.ofLine(line);
  const step = call?.step?.step;
  if (!call || step?.kind !== 'menu') return;
  const next = chosen(step.choices, key);
  if (next === undefined) tryAgain(floor, call);
  else runStep(floor, call, next);
}

function toQueue(floor: Floor, call: Call, number: number): void {
  endIvr(floor, call);
  const queue = floor.queues.get(number);
  if (queue) enterQueue(floor, call, queue);
  else {
    call.closed = 1;
    endCall(floor, call, END_REASONS.closed);
  }
}

/** Leaves the scenario; its duration is known. */
export function endIvr(floor: Floor, call: Call): void {
  if (!call.scenario) return;
  call.ivrMs = call.after(floor.clock.nowMs());
  call.scenario = null;
  call.step = null;
  floor.clock.cancel(call);
}
