/**
 * The rows that the core writes: ODCalls and ODActions as Hermes.Net's Ondata writes them, and the
 * call legs that Hermes does not keep. They leave the core as {@link EmittedRow} values, in order.
 */

/**
 * One row per call, the 52 columns of Hermes' ODCalls in table order. Durations are whole seconds,
 * floored once, here. Flags are `null` while the call is in progress.
 */
export interface OdCallsRow {
  /** GUID without dashes, 32 upper-case hexadecimal digits. */
  ID: string;
  CtiID: number;
  /** Tenant of the platform (the client company), not the caller. */
  CustomerID: number;
  /** Row of the contact in the campaign's call file; 0 = none. */
  Indice: number;
  /** 1 inbound, 2 outbound. */
  CallType: number;
  /** `yyyy-MM-dd HH:mm:ss.SSS`, UTC. */
  CallUniversalTime: string;
  /** `yyyy-MM-dd HH:mm:ss.SSS`, the site's local time. */
  CallLocalTime: string;
  /** `yyyyMMddHHmmss`, UTC. */
  CallUniversalTimeString: string;
  CallLocalTimeString: string;
  /** From arrival to hang-up, plus the wrap-up. */
  Duration: number;
  /** From arrival to hang-up. */
  CallDuration: number;
  /** Ringing at the first agent who accepted. */
  AcceptDuration: number;
  IvrDuration: number;
  /** In the first queue, ringing included. */
  WaitDuration: number;
  /** Over all queues. */
  TotalWaitDuration: number;
  /** With all agents, without hold. */
  ConvDuration: number;
  /** Of all agents; grows after the call's end. */
  WrapupDuration: number;
  /** Ringing at agents who did not accept. */
  RerouteDuration: number;
  /** Waited in queues that the call overflowed to; part of TotalWaitDuration. */
  OverflowDuration: number;
  ANI: string;
  DNIS: string;
  FirstCampaign: string;
  FirstVirtualCamp: string;
  LastCampaign: string;
  LastVirtualCamp: string;
  UUI: string;
  Memo: string;
  AssociatedData: string;
  OutTel: string;
  OutDialed: string;
  Closed: 0 | 1 | null;
  NoAgent: 0 | 1 | null;
  Overflow: 0 | 1 | null;
  Abandon: 0 | 1 | null;
  FirstIVR: string;
  LastIVR: string;
  /** 0 = never queued. */
  FirstQueue: number;
  LastQueue: number;
  InitPriority: number;
  /** 0 = no agent. */
  FirstAgent: number;
  LastAgent: number;
  /** Queue or agent number the call was last transferred to; '' = never transferred. */
  LastTransfer: string;
  /** 0 = a system status, see {@link SYSTEM_STATUSES}; null = in progress, or there was nothing to qualify. */
  CallStatusGroup: number | null;
  CallStatusNum: number | null;
  CallStatusDetail: number | null;
  Comments: string;
  ContactID: string;
  EndByAgent: 0 | 1;
  AgentListen: 0 | 1;
  /** See {@link END_REASONS}. */
  EndReason: number;
  RefID: string;
  ProActiveReason: number;
}

/** `OdCallsRow.EndReason` of our core: who or what ended the call. */
export const END_REASONS = {
  inProgress: 0,
  caller: 1,
  agent: 2,
  /** The IVR ended it and the caller had got what he wanted (`hang-up` step with `resolved`). */
  ivrResolved: 3,
  /** The IVR ended it otherwise. */
  ivr: 4,
  /** The queue was closed, or the IVR's opening hours led to the end. */
  closed: 5,
  /** The queue's "no agent" rule. */
  noAgent: 6,
  /** Waited the longest allowed and there was no queue to overflow to. */
  maximumWait: 7,
  /** The platform died under it: closed by the next start at the last instant that is known, see `Automaton.closingRows`. */
  interrupted: 8,
  /** Outbound: a person answered and no agent was free in time. */
  nuisance: 9,
  /** Outbound: nobody answered, a machine did, or the number was busy or invalid. */
  notReached: 10,
  /** Outbound: the dialer gave it up while it rang, because nobody would have been free. */
  cancelled: 11,
} as const;
export type EndReason = (typeof END_REASONS)[keyof typeof END_REASONS];

/**
 * `OdCallsRow.CallStatusNum` of group 0: what the system itself says of a call that has ended and that
 * nobody has qualified. A qualification replaces it.
 */
export const SYSTEM_STATUSES = {
  /** Hung up in the queue; outbound: a nuisance call. */
  abandoned: 89,
  busy: 90, wrongNumber: 91, noAnswer: 92, machine: 93, unavailable: 96, doNotCall: 100,
  notQualified: 101,
} as const;

const HEARD: ReadonlyMap<number, 'machine' | 'invalid' | 'no-answer'> = new Map([[SYSTEM_STATUSES.machine, 'machine'], [SYSTEM_STATUSES.wrongNumber, 'invalid'], [SYSTEM_STATUSES.unavailable, 'no-answer']]);

/** What an agent who had a dial heard instead of a person, told by the status that he gave; null = a person. Only then is it known: before, the dial had passed. */
export function heardInstead(status: { group: number; num: number } | null): 'machine' | 'invalid' | 'no-answer' | null {
  return (status?.group === 0 ? HEARD.get(status.num) : undefined) ?? null;
}

/** The columns of ODCalls in table order. */
export const OD_CALLS_COLUMNS = [
  'ID', 'CtiID', 'CustomerID', 'Indice', 'CallType', 'CallUniversalTime', 'CallLocalTime',
  'CallUniversalTimeString', 'CallLocalTimeString', 'Duration', 'CallDuration', 'AcceptDuration',
  'IvrDuration', 'WaitDuration', 'TotalWaitDuration', 'ConvDuration', 'WrapupDuration',
  'RerouteDuration', 'OverflowDuration', 'ANI', 'DNIS', 'FirstCampaign', 'FirstVirtualCamp',
  'LastCampaign', 'LastVirtualCamp', 'UUI', 'Memo', 'AssociatedData', 'OutTel', 'OutDialed', 'Closed',
  'NoAgent', 'Overflow', 'Abandon', 'FirstIVR', 'LastIVR', 'FirstQueue', 'LastQueue', 'InitPriority',
  'FirstAgent', 'LastAgent', 'LastTransfer', 'CallStatusGroup', 'CallStatusNum', 'CallStatusDetail',
  'Comments', 'ContactID', 'EndByAgent', 'AgentListen', 'EndReason', 'RefID', 'ProActiveReason',
] as const satisfies readonly (keyof OdCallsRow)[];

/** Pause reasons (`OdActionsRow.Context`) that the automaton itself gives; nobody can ask for them. */
export const SYSTEM_PAUSES = {
  /** Between login and the first ready. */
  login: 'login',
  /** Did not answer, or refused, an offered call. */
  noAnswer: 'rona',
} as const;

/** Our states of an agent, in the order of the numbers that the core writes into ODActions.State; a foreign server's State numbers are mapped to these by its mapping. */
export const AGENT_STATES = [
  'logged_out', 'ready', 'ringing', 'talk', 'hold', 'wrapup', 'pause', 'preview', 'dialing', 'supervision', 'unknown',
] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/**
 * One row per state of an agent, written when the state ends (its duration is known then), and, as
 * Hermes does, at the login and the logout (State 0 with Duration 0).
 */
export interface OdActionsRow {
  CustomerID: number;
  /** Agent number. */
  OriginatorID: number;
  /** 1 = agent. */
  OriginatorType: number;
  /** Index into {@link AGENT_STATES}. */
  State: number;
  /** Start of the state, UTC, `yyyyMMddHHmmssfff`. */
  ActionUniversalTimeString: string;
  /** Milliseconds. */
  Duration: number;
  /** Id of the login session: the same from login to logout. */
  SessionId: string;
  /** Pause reason code, '' unless State is pause. */
  Context: string;
  /** Call in hand ('' = none), its queue (0 = none) and campaign ('' = none). */
  CallID: string;
  Queue: number;
  Campaign: string;
}

export const LEG_OUTCOMES = [
  /** An agent took it. */
  'answered',
  /** The caller hung up while waiting or ringing. */
  'abandoned',
  /** Left for another queue by the overflow rule or the maximum wait. */
  'overflowed',
  /** Ended by the queue's "no agent" rule. */
  'no-agent',
  /** The offer to this agent was not accepted; the visit goes on in the next leg. */
  'rerouted',
  /** Queue closed on entry (calendar). */
  'closed',
  /** The platform died while the caller waited: neither answered nor abandoned. */
  'interrupted',
  /** Still waiting or ringing. */
  'in-progress',
] as const;
export type LegOutcome = (typeof LEG_OUTCOMES)[number];

/**
 * A call's visit to a queue and an agent. A *visit* is one stay in one queue; each offer to an agent
 * that is not accepted closes a leg as `rerouted`, the visit's last leg carries its fate. Waits count
 * from the visit's entry. A direct transfer to an agent has `Queue` 0. Durations are floored seconds.
 */
export interface LegsRow {
  CallID: string;
  CustomerID: number;
  /** 2 for a leg of an outbound call; absent = inbound. */
  CallType?: 2;
  /** 1, 2, 3 … within the call. */
  Leg: number;
  /** 1, 2, 3 … within the call; legs of one stay in one queue share it. */
  Visit: number;
  Queue: number;
  /** 0 = no agent was offered. */
  Agent: number;
  Campaign: string;
  /** Entry into the queue (the visit's), UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  EnteredUniversalTime: string;
  /** When this leg began (equals the entry for the visit's first leg). */
  StartedUniversalTime: string;
  AnsweredUniversalTime: string | null;
  /** When the leg was over, wrap-up not included. */
  LeftUniversalTime: string | null;
  Outcome: LegOutcome;
  /** From the visit's entry to the answer, the abandonment or the leaving; ringing included. */
  WaitDuration: number;
  RingDuration: number;
  ConvDuration: number;
  HoldDuration: number;
  WrapupDuration: number;
  /** 1 when this agent passed the call on by a transfer. */
  Transferred: 0 | 1;
  EndByAgent: 0 | 1;
}

/** Kinds of rows, also the last segment of the ingest paths (`POST /ingest/od-calls`). */
export const ROW_KINDS = ['od-calls', 'od-actions', 'legs'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/**
 * `Sequence` orders versions of one row: it grows with every row that a core emits, also across
 * restarts (microseconds of the clock, made unique). It travels as an extra column of the row, as does
 * a call's `HoldDuration`, which ODCalls has no column for (seconds; not part of ConvDuration).
 */
export type EmittedRow =
  | { kind: 'od-calls'; row: OdCallsRow & { Sequence: number; HoldDuration: number } }
  | { kind: 'od-actions'; row: OdActionsRow & { Sequence: number } }
  | { kind: 'legs'; row: LegsRow & { Sequence: number } };

/** Receives rows in the order in which they are written. Must not keep or change the row object after it returns. */
export type RowSink = (emitted: EmittedRow) => void;
