import type { ScenarioStep } from './configuration.ts';
import type { Contact } from './contacts.ts';
import type { LiveMessage } from './live.ts';
import type { Line } from './media.ts';
import type { AgentState, EndReason } from './rows.ts';

/** Where a call is. Outbound: `dialing` until it is known who answers, `message` when the person hears that no agent is free. */
export type CallStage = 'ivr' | 'waiting' | 'ringing' | 'talking' | 'held' | 'dialing' | 'message' | 'ended';

/**
 * A call as outsiders may look at it. The object is used again some thousands of calls after the
 * end: keep it only until `callEnded`, keep `id` for longer.
 */
export interface CallView {
  /** GUID without dashes, `OdCallsRow.ID`. */
  readonly id: string;
  /** 0, 1, 2 … in order of arrival at this automaton. */
  readonly number: number;
  readonly line: Line;
  readonly stage: CallStage;
  readonly startedMs: number;
  /** Campaign's DID. */
  readonly campaign: string;
  /** Queue it waits in or came from last, 0 = none yet. */
  readonly queue: number;
  /** Agent it rings at or talks to, 0 = none. */
  readonly agentNumber: number;
  /** An internal call: an agent consults a colleague. `line` is the customer's. */
  readonly isConsultation: boolean;
  /** Whom the dialer called; null = an inbound call. */
  readonly contact: Contact | null;
}

/** An agent as outsiders may look at it; the object lives as long as the agent's number is configured. */
export interface AgentView {
  readonly number: number;
  /** 0, 1, 2 … in order of first appearance: index into tables of one's own. */
  readonly index: number;
  readonly state: AgentState;
  readonly sinceMs: number;
  readonly pauseReason: string;
  /** Forced pause, or logout after removal, that waits for the end of the call. */
  readonly pausePending: boolean;
  readonly call: CallView | null;
  /** Own production since midnight of the site: calls taken, argued contacts (CA, positive ones included), positive contacts (CP). */
  readonly answeredToday: number;
  readonly arguedToday: number;
  readonly positiveToday: number;
  /** Looks at this contact before dialing it. */
  readonly preview: Contact | null;
  /** The consultation that this agent opened, null = none. */
  readonly consultation: CallView | null;
}

/**
 * What happens, told at once and in order. Listeners watch and set timers (zero delay is fine); a
 * command from within a listener throws, because the automaton is in the middle of a transition.
 */
export interface AutomatonEvents {
  callStarted?(call: CallView): void;
  /** A number is being dialed. */
  dialed?(call: CallView): void;
  /** A contact was put before the agent, who dials or skips it. */
  previewed?(agent: AgentView, contact: Contact): void;
  /** A person answered and got no agent in time. */
  nuisance?(call: CallView): void;
  /** A menu waits for digits. `attempt` counts from 0. */
  prompted?(call: CallView, step: Extract<ScenarioStep, { kind: 'menu' }>, attempt: number): void;
  /** Entered a queue and nobody was free. `position` counts from 1. */
  queued?(call: CallView, queue: number, position: number): void;
  ringing?(agent: AgentView, call: CallView): void;
  /** The agent did not accept in time, or refused. */
  rerouted?(agent: AgentView, call: CallView): void;
  overflowed?(call: CallView, from: number, to: number): void;
  /** An agent and the caller (or the consulting agent) talk; also after a completed transfer. */
  connected?(agent: AgentView, call: CallView): void;
  /** The agent is on a consultation no more and talks to the caller again. */
  consultationEnded?(agent: AgentView, call: CallView): void;
  transferred?(call: CallView, from: number, mode: 'blind' | 'consulted'): void;
  /** The agent's part in the call is over; wrap-up runs until `end-wrapup` or its maximum. */
  wrapupBegun?(agent: AgentView, callId: string): void;
  /** After any change of state, login and logout too. */
  agentStateChanged?(agent: AgentView): void;
  /** The agent's CA or CP moved. */
  figuresChanged?(agent: AgentView): void;
  /** Once per call, of consultations too. */
  callEnded?(call: CallView, reason: EndReason): void;
  /** A supervisor's message reached these agents. */
  messageSent?(message: LiveMessage, agents: readonly AgentView[]): void;
}
