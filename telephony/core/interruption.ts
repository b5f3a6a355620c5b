import { END_REASONS, SYSTEM_STATUSES, type EmittedRow, type LegsRow, type OdCallsRow } from '../rows.ts';
import type { Agent } from './agent.ts';
import type { Call } from './call.ts';
import type { Floor } from './floor.ts';
import type { Leg } from './leg.ts';
import { Ondata } from './ondata.ts';
import { Timestamps } from './timestamps.ts';

type CallRow = OdCallsRow & { Sequence: number; HoldDuration: number };
type LegRow = LegsRow & { Sequence: number };

/**
 * The rows that would end everything now: see `Automaton.closingRows`. A caller who waits has neither been answered nor
 * hung up, so the call ends without any flag; one who talks was answered and has talked until now. The floor stays as it is.
 */
export function closingRows(floor: Floor): EmittedRow[] {
  if (!floor.ondata) return [];
  const closing = new Closing(floor.clock.nowMs(), floor.ondata.between(floor.clock.nowMs()));
  for (const agent of floor.agents.values()) closing.agent(agent);
  for (const call of floor.book.openCalls()) closing.openCall(call);
  closing.endedCalls();
  return closing.rows;
}

class Closing {
  readonly rows: EmittedRow[] = [];
  readonly #nowMs: number;
  readonly #sequence: number;
  /** Writes rows as the floor's own does, aside. */
  readonly #ondata = new Ondata((emitted) => this.rows.push(emitted));
  readonly #stamps = new Timestamps();
  /** Running wrap-up of calls, ms. */
  readonly #wrapups = new Map<Call, number>();

  constructor(nowMs: number, sequence: number) {
    this.#nowMs = nowMs;
    this.#sequence = sequence;
  }

  /** The running state, the logout, and the leg in hand or in wrap-up. */
  agent(agent: Agent): void {
    if (agent.state === 'logged_out') return;
    const nowMs = this.#nowMs;
    const durationMs = nowMs - agent.sinceMs;
    if (durationMs > 0) this.#ondata.action(agent, agent.state, agent.sinceMs, durationMs, nowMs);
    this.#sequenceLast();
    this.#ondata.action(agent, 'logged_out', nowMs, 0, nowMs);
    this.#sequenceLast();
    const { leg } = agent;
    if (!leg?.call) return;
    if (agent.state === 'wrapup') {
      this.#wrapups.set(leg.call, (this.#wrapups.get(leg.call) ?? 0) + durationMs);
      this.#leg(leg, (row) => {
        row.WrapupDuration = seconds(leg.wrapupMs + durationMs);
      });
    } else if (agent.call && leg.answered >= 0) this.#answeredLeg(leg, agent.call);
  }

  openCall(call: Call): void {
    const now = call.after(this.#nowMs);
    const leg = call.currentLeg;
    const waits = (call.stage === 'waiting' || call.stage === 'ringing') && leg !== null;
    const waitMs = waits && leg.queue ? now - leg.entered : 0;
    if (waits) this.#waitingLeg(leg, call);
    const stretchMs = leg && leg.stretch >= 0 && !waits ? now - leg.stretch : 0;
    this.#call(call, (row) => {
      row.IvrDuration = seconds(call.scenario ? now : call.ivrMs);
      if (waits && leg.visit === 1) row.WaitDuration = seconds(waitMs);
      row.TotalWaitDuration = seconds(call.totalWaitMs + waitMs);
      row.OverflowDuration = seconds(call.overflowWaitMs + (call.overflowVisits > 0 ? waitMs : 0));
      row.ConvDuration = seconds(call.talkMs + (call.stage === 'talking' ? stretchMs : 0));
      row.HoldDuration = seconds(call.holdMs + (call.stage === 'held' ? stretchMs : 0));
      row.Closed = call.closed;
      row.NoAgent = call.noAgent;
      row.Overflow = call.overflow;
      // A nuisance call is one although its message still plays.
      row.Abandon = call.abandon;
      row.EndReason = END_REASONS.interrupted;
      if (!call.status && call.firstAgent !== 0) {
        row.CallStatusGroup = 0;
        row.CallStatusNum = SYSTEM_STATUSES.notQualified;
        row.CallStatusDetail = 0;
      } else if (!call.status && call.abandon === 1) {
        row.CallStatusGroup = 0;
        row.CallStatusNum = SYSTEM_STATUSES.abandoned;
        row.CallStatusDetail = 0;
      }
    });
  }

  /** Calls over, with an agent still in wrap-up for them. */
  endedCalls(): void {
    for (const call of this.#wrapups.keys()) if (call.ended >= 0) this.#call(call, () => undefined);
  }

  #call(call: Call, change: (row: CallRow) => void): void {
    const written = call.wrapupWritten;
    this.#ondata.call(call, this.#nowMs);
    call.wrapupWritten = written;
    const last = this.rows.at(-1);
    if (last?.kind !== 'od-calls') return;
    const { row } = last;
    row.WrapupDuration = seconds(call.wrapupMs + (this.#wrapups.get(call) ?? 0));
    row.Duration = row.CallDuration + row.WrapupDuration;
    change(row);
    this.#sequenceLast();
  }

  #answeredLeg(leg: Leg, call: Call): void {
    const stretchMs = leg.at(this.#nowMs) - leg.stretch;
    this.#leg(leg, (row) => {
      row.ConvDuration = seconds(leg.talkMs + (call.stage === 'held' ? 0 : stretchMs));
      row.HoldDuration = seconds(leg.holdMs + (call.stage === 'held' ? stretchMs : 0));
      row.LeftUniversalTime = this.#stamps.dashed(this.#nowMs);
    });
  }

  #waitingLeg(leg: Leg, call: Call): void {
    const now = leg.at(this.#nowMs);
    this.#leg(leg, (row) => {
      row.Outcome = 'interrupted';
      row.WaitDuration = seconds(now - leg.entered);
      row.RingDuration = call.stage === 'ringing' ? seconds(now - leg.ringing) : 0;
      row.LeftUniversalTime = this.#stamps.dashed(this.#nowMs);
    });
  }

  #leg(leg: Leg, change: (row: LegRow) => void): void {
    const written = leg.wrapupWritten;
    this.#ondata.leg(leg, this.#nowMs);
    leg.wrapupWritten = written;
    const last = this.rows.at(-1);
    if (last?.kind !== 'legs') return;
    change(last.row);
    this.#sequenceLast();
  }

  #sequenceLast(): void {
    const last = this.rows.at(-1);
    if (last) last.row.Sequence = this.#sequence;
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
