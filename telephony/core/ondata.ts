import { AGENT_STATES, SYSTEM_STATUSES, type AgentState, type LegsRow, type RowSink } from '../rows.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import { attemptStatus } from './dial.ts';
import type { Leg } from './leg.ts';
import { Timestamps } from './timestamps.ts';

const STATE_NUMBERS: Record<string, number> = Object.fromEntries(AGENT_STATES.map((state, i) => [state, i]));

/** Writes what happened as rows, see `rows.ts`. Durations are floored to seconds here and nowhere else. */
export class Ondata {
  readonly #sink: RowSink;
  readonly #stamps = new Timestamps();
  #sequence = 0;

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  call(call: Call, nowMs: number): void {
    if (call.universalTime === '') this.#startTexts(call);
    const { campaignState } = call;
    const open = call.ended < 0;
    const callDuration = seconds(open ? call.after(nowMs) : call.ended);
    const wrapup = seconds(call.wrapupMs);
    call.wrapupWritten = wrapup;
    const { status, dial } = call;
    const system = status || open ? 0 : systemStatus(call);
    this.#sink({
      kind: 'od-calls',
      row: {
        ID: call.id,
        CtiID: call.number + 1,
        CustomerID: campaignState.customer,
        Indice: dial ? dial.contact.id : 0,
        CallType: dial ? 2 : 1,
        CallUniversalTime: call.universalTime,
        CallLocalTime: call.localTime,
        CallUniversalTimeString: call.universalTimeString,
        CallLocalTimeString: call.localTimeString,
        Duration: callDuration + wrapup,
        CallDuration: callDuration,
        AcceptDuration: seconds(call.acceptMs),
        IvrDuration: seconds(call.ivrMs),
        WaitDuration: seconds(call.firstWaitMs),
        TotalWaitDuration: seconds(call.totalWaitMs),
        ConvDuration: seconds(call.talkMs),
        WrapupDuration: wrapup,
        RerouteDuration: seconds(call.rerouteMs),
        OverflowDuration: seconds(call.overflowWaitMs),
        ANI: call.caller,
        DNIS: call.dnis,
        FirstCampaign: campaignState.did,
        FirstVirtualCamp: '',
        LastCampaign: campaignState.did,
        LastVirtualCamp: '',
        UUI: '',
        Memo: '',
        AssociatedData: '',
        OutTel: dial ? call.caller : '',
        OutDialed: dial ? call.dnis : '',
        Closed: open ? null : call.closed,
        NoAgent: open ? null : call.noAgent,
        Overflow: open ? null : call.overflow,
        Abandon: open ? null : call.abandon,
        FirstIVR: call.firstIvr,
        LastIVR: call.lastIvr,
        FirstQueue: call.firstQueue,
        LastQueue: call.lastQueue,
        InitPriority: call.priority,
        FirstAgent: call.firstAgent,
        LastAgent: call.lastAgent,
        LastTransfer: call.lastTransfer,
        CallStatusGroup: status ? status.group : system > 0 ? 0 : null,
        CallStatusNum: status ? status.num : system > 0 ? system : null,
        CallStatusDetail: status ? status.detail : system > 0 ? 0 : null,
        Comments: call.comments,
        ContactID: '',
        EndByAgent: call.endByAgent,
        AgentListen: call.agentListen,
        EndReason: call.endReason,
        RefID: '',
        ProActiveReason: 0,
        Sequence: this.#next(nowMs),
        HoldDuration: seconds(call.holdMs),
      },
    });
  }

  leg(leg: Leg, nowMs: number): void {
    const { call } = leg;
    if (!call) return;
    const wrapup = seconds(leg.wrapupMs);
    leg.wrapupWritten = wrapup;
    if (leg.enteredText === '') leg.enteredText = this.#stamps.dashed(leg.ms(leg.entered));
    if (leg.answered >= 0 && leg.answeredText === '') leg.answeredText = this.#stamps.dashed(leg.ms(leg.answered));
    if (leg.left >= 0 && leg.leftText === '') leg.leftText = this.#stamps.dashed(leg.ms(leg.left));
    const row: LegsRow & { Sequence: number } = {
      CallID: call.id,
      CustomerID: call.campaignState.customer,
      Leg: leg.leg,
      Visit: leg.visit,
      Queue: leg.queue ? leg.queue.number : 0,
      Agent: leg.agent,
      Campaign: call.campaignState.did,
      EnteredUniversalTime: leg.enteredText,
      StartedUniversalTime: leg.started === leg.entered ? leg.enteredText : this.#stamps.dashed(leg.ms(leg.started)),
      AnsweredUniversalTime: leg.answered >= 0 ? leg.answeredText : null,
      LeftUniversalTime: leg.left >= 0 ? leg.leftText : null,
      Outcome: leg.outcome,
      WaitDuration: seconds(leg.waitMs),
      RingDuration: seconds(leg.ringMs),
      ConvDuration: seconds(leg.talkMs),
      HoldDuration: seconds(leg.holdMs),
      WrapupDuration: wrapup,
      Transferred: leg.transferred,
      EndByAgent: leg.endByAgent,
      Sequence: this.#next(nowMs),
    };
    if (call.dial) row.CallType = 2;
    this.#sink({ kind: 'legs', row });
  }

  /** The state that ends now, or a login or logout (`logged_out` without duration). */
  action(agent: Agent, state: AgentState, startMs: number, durationMs: number, nowMs: number): void {
    this.#sink({
      kind: 'od-actions',
      row: {
        CustomerID: agent.customer,
        OriginatorID: agent.number,
        OriginatorType: 1,
        State: STATE_NUMBERS[state] ?? 0,
        ActionUniversalTimeString: this.#stamps.compact(startMs),
        Duration: durationMs,
        SessionId: agent.sessionId,
        Context: state === 'pause' ? agent.pauseReason : '',
        CallID: agent.stateCallId,
        Queue: agent.stateQueue,
        Campaign: agent.stateCampaign,
        Sequence: this.#next(nowMs),
      },
    });
  }

  /** A sequence that follows all rows written so far and precedes all later ones. */
  between(nowMs: number): number {
    return this.#next(nowMs);
  }

  #startTexts(call: Call): void {
    const { startedMs } = call;
    const { offsets, stamps } = call.campaignState.site;
    const localMs = offsets.localMs(startedMs);
    call.universalTime = this.#stamps.dashed(startedMs);
    call.universalTimeString = this.#stamps.compactSeconds(startedMs);
    call.localTime = stamps.dashed(localMs);
    call.localTimeString = stamps.compactSeconds(localMs);
  }

  /** Microseconds of the clock, made unique: a later run's rows follow an earlier run's. */
  #next(nowMs: number): number {
    const clock = nowMs * 1000;
    this.#sequence = clock > this.#sequence ? clock : this.#sequence + 1;
    return this.#sequence;
  }
}

/** 0 = none: a call that ended in the IVR, or that the floor turned away. */
function systemStatus(call: Call): number {
  if (call.firstAgent !== 0) return SYSTEM_STATUSES.notQualified;
  if (call.dial) return attemptStatus(call.dial.result);
  return call.abandon === 1 ? SYSTEM_STATUSES.abandoned : 0;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
