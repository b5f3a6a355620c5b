/**
 * How many numbers one campaign dials now. A pacing is asked once a second; it has no clock, no chance and no I/O:
 * everything it knows is the floor as handed in, the events since the last question, and its own state, which can
 * be written down as JSON and given back later (another process, after a kill, the next morning).
 */
export interface Pacing {
  readonly mode: PacingMode;
  decide(floor: PacingFloor): PacingDecision;
  /** All that must outlive the process: plain JSON; 1 KB, and some tens of KB after thirty full days. */
  state(): PacingState;
}

export type PacingMode = 'progressive' | 'vicidial' | 'predictive';

/** Plain JSON that {@link Pacing.state} gave; only the pacing of the same mode reads it. */
export interface PacingState {
  readonly mode: PacingMode;
  readonly version: number;
  readonly [key: string]: unknown;
}

/** One campaign at one instant. Arrays and their elements are read within `decide` only: the caller may reuse them. Times are epoch ms. */
export interface PacingFloor {
  nowMs: number;
  /** Agents who are logged in to the campaign and not in pause. */
  agents: readonly PacingAgent[];
  /** Dials without a known result: being set up, ringing, or answered by what is not recognised yet. */
  dials: readonly PacingDial[];
  /** Persons who answered and wait for an agent. */
  waiting: readonly PacingWaiting[];
  /** Numbers that may be dialed now (hours, attempts, do-not-call list): beyond them nothing is asked for. */
  contactsLeft: number;
  limits: PacingLimits;
  /** What ended since the last decision, oldest first. */
  events: readonly PacingEvent[];
}

export interface PacingAgent {
  /** `busy` = in a call that is not this campaign's (inbound of a blended agent, a transfer): comes back like one who talks. */
  state: 'ready' | 'talking' | 'wrapup' | 'busy';
  /** Since when in this state. */
  sinceMs: number;
}

export interface PacingDial {
  startedMs: number;
  /** It was answered and is not recognised as a person yet; null = it rings or is being set up. */
  answeredMs: number | null;
}

export interface PacingWaiting {
  answeredMs: number;
}

/** The campaign's settings. */
export interface PacingLimits {
  /** Highest share of nuisance calls in each window: dropped / (dropped + passed to an agent). */
  nuisanceShare: number;
  /** Windows in which the share holds, ms: 24 h, and 30 days where the rule asks for it. */
  windowsMs: readonly number[];
  /** How long a person who answered may wait before the call is a nuisance call. */
  patienceMs: number;
  /** A call that rings may be given up from this age on, never earlier. */
  minimumRingMs: number;
  /** It is given up at this age anyway. */
  maximumRingMs: number;
  /** Lines that this campaign may use at once: dials, waiting persons and talks. */
  lines: number;
}

export const STANDARD_LIMITS: PacingLimits = {
  nuisanceShare: 0.03,
  windowsMs: [24 * 3_600_000, 30 * 24 * 3_600_000],
  patienceMs: 2_000,
  minimumRingMs: 15_000,
  maximumRingMs: 25_000,
  lines: Number.MAX_SAFE_INTEGER,
};

/**
 * `dialed`: a dial's result is known (`afterMs` = from the dial to the answer, the refusal or the end of ringing; a machine too counts
 * from the dial to its answer). `passed`: a person got an agent. `nuisance`: a person answered and got none in time.
 * `talked` and `wrapped`: an agent's talk, or wrap-up, ended after `ms`.
 */
export type PacingEvent =
  | { kind: 'dialed'; atMs: number; result: DialResult; afterMs: number }
  | { kind: 'passed'; atMs: number; waitedMs: number }
  | { kind: 'nuisance'; atMs: number }
  | { kind: 'talked'; atMs: number; ms: number }
  | { kind: 'wrapped'; atMs: number; ms: number };

/** `person` at the moment of the answer, before it is known whether an agent is found; `cancelled` = hung up by the pacing while ringing. */
export type DialResult = 'person' | 'machine' | 'busy' | 'invalid' | 'no-answer' | 'cancelled';

export interface PacingDecision {
  /** Numbers to dial now: a whole number, 0 or more, never above `contactsLeft`. */
  dial: number;
  /** Ringing calls to hang up now, the longest ringing first; only calls that rang `minimumRingMs`. */
  cancel: number;
  why: PacingReason;
}

/** A decision explained: what was estimated, what is expected of it, what bounded it. Null = this pacing does not estimate it. */
export interface PacingReason {
  /** The rule that fixed the number. */
  bound: PacingBound;
  /** Dials in flight and persons waiting per agent, after this decision. */
  level: number;
  ready: number;
  /** Dials in flight, before this decision. */
  ringing: number;
  /** Share of dials that a person answers, as used (the careful side of the estimate). */
  answerShare: number | null;
  /** Mean seconds from dial to a person's answer; mean talk and wrap-up. */
  answerSeconds: number | null;
  talkSeconds: number | null;
  wrapupSeconds: number | null;
  /** Persons expected to answer, and agents expected to become free, within `horizonSeconds`. */
  horizonSeconds: number | null;
  expectedAnswers: number | null;
  expectedFree: number | null;
  /** Expected nuisance calls among those answers; expected agents without a call at the horizon. */
  expectedDrops: number | null;
  expectedIdle: number | null;
  /** Risk that the answer of the last number dialed finds nobody, and the highest risk taken now. */
  risk: number | null;
  riskAllowed: number | null;
  /** Nuisance calls that the tightest window still allows. */
  nuisanceLeft: number | null;
  /** Nuisance share in each of `windowsMs`; null without answers. */
  nuisance: readonly (number | null)[];
}

/**
 * `agents`: no agent is logged in · `contacts`: nothing left to dial · `lines`: all lines in use · `risk`: one more would be too likely to find nobody ·
 * `warm-up`: too little is known yet, one number per free agent · `budget`: the window allows no nuisance call, one number per free agent ·
 * `change`: answers come faster than believed, wait for the rest · `level`: the pacing's own level or formula.
 */
export type PacingBound = 'agents' | 'contacts' | 'lines' | 'risk' | 'warm-up' | 'budget' | 'change' | 'level';
