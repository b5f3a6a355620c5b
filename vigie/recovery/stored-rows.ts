import { END_REASONS, SYSTEM_STATUSES } from '../../telephony/rows.ts';
import type { UnfinishedSession } from '../../warehouse/unfinished.ts';
import type { CallDetail, CallLeg } from '../../warehouse/warehouse.ts';
import type { ClosingRow } from './checkpoint.ts';

const FLAGS = ['EndByAgent', 'AgentListen'];
const NUMBERS = ['FirstQueue', 'LastQueue', 'FirstAgent', 'LastAgent'];

export interface EndedCall {
  detail: CallDetail;
  /** Hermes' number of the tenant. */
  customer: number;
  endMs: number;
  sequence: number;
  /** Numbers of the legs that were in progress. */
  legs: readonly number[];
}

/** Ends a call by what the warehouse knows of it: answered calls have talked until `endMs`, the others end without any flag. */
export function closeStoredCall({ detail, customer, endMs, sequence, legs }: EndedCall): ClosingRow {
  const row: Record<string, unknown> = { ...detail.row };
  for (const name of FLAGS) row[name] = row[name] === true ? 1 : 0;
  for (const name of NUMBERS) row[name] = Number(row[name] ?? 0);
  const answered = Number(row.FirstAgent) !== 0;
  const duration = seconds(endMs - Date.parse(detail.startedAt));
  const running = detail.legs.filter(({ leg }) => legs.includes(leg)).reduce((sum, leg) => sum + talked(leg, endMs), 0);
  // The row of a leg's end may be there, and that of the call's end not.
  const talk = Math.max(detail.talkSeconds, detail.legs.reduce((sum, leg) => sum + leg.talkSeconds, 0));
  const qualified = Number(row.CallStatusGroup ?? 0) > 0;
  return {
    kind: 'od-calls',
    row: {
      ...row, CustomerID: customer, CallType: detail.direction === 'outbound' ? 2 : 1,
      Duration: duration + detail.wrapupSeconds, CallDuration: duration, ConvDuration: talk + running,
      Closed: 0, NoAgent: 0, Overflow: row.Overflow === true ? 1 : 0, Abandon: 0, EndReason: END_REASONS.interrupted,
      ...(answered && !qualified ? { CallStatusGroup: 0, CallStatusNum: SYSTEM_STATUSES.notQualified, CallStatusDetail: 0 } : {}),
      HoldDuration: detail.legs.reduce((sum, leg) => sum + leg.holdSeconds, 0),
      Sequence: sequence,
    },
  };
}

export interface EndedLeg { detail: CallDetail; leg: CallLeg; customer: number; endMs: number; sequence: number }

/** Ends an answered leg; one whose call is over ended with it. */
export function closeStoredLeg({ detail, leg, customer, endMs, sequence }: EndedLeg): ClosingRow {
  return {
    kind: 'legs',
    row: {
      CallID: detail.callId, CustomerID: customer, ...(detail.direction === 'outbound' ? { CallType: 2 } : {}), Leg: leg.leg, Visit: leg.visit, Queue: Number(leg.queue), Agent: Number(leg.agent), Campaign: detail.campaign,
      EnteredUniversalTime: clockText(leg.enteredAt), StartedUniversalTime: clockText(leg.startedAt),
      AnsweredUniversalTime: leg.answeredAt === null ? null : clockText(leg.answeredAt), LeftUniversalTime: clockText(new Date(endMs).toISOString()),
      Outcome: leg.answeredAt === null ? 'interrupted' : 'answered', WaitDuration: leg.waitSeconds, RingDuration: leg.ringSeconds,
      ConvDuration: leg.talkSeconds + talked(leg, endMs), HoldDuration: leg.holdSeconds, WrapupDuration: leg.wrapupSeconds, Transferred: 0, EndByAgent: 0,
      Sequence: sequence,
    },
  };
}

/** Logs an agent out when the last state that is known of the session ended. */
export function closeStoredSession({ agent, sessionId, knownUntilMs, sequence }: UnfinishedSession, customer: number): ClosingRow {
  return {
    kind: 'od-actions',
    row: {
      CustomerID: customer, OriginatorID: Number(agent), OriginatorType: 1, State: 0,
      ActionUniversalTimeString: new Date(knownUntilMs).toISOString().replaceAll(/[^0-9]/g, ''), Duration: 0,
      SessionId: sessionId, Context: '', CallID: '', Queue: 0, Campaign: '', Sequence: sequence + 1,
    },
  };
}

/** The stretch that no row tells of: a leg has a row at its answer and none before its end. */
function talked(leg: CallLeg, endMs: number): number {
  return leg.answeredAt === null ? 0 : Math.max(0, seconds(endMs - Date.parse(leg.answeredAt)) - leg.talkSeconds - leg.holdSeconds);
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000));
}

function clockText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
}
