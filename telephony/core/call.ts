import { Timer } from '../clock.ts';
import type { Status } from '../configuration.ts';
import { Line } from '../media.ts';
import { END_REASONS, type EndReason } from '../rows.ts';
import type { CallStage, CallView } from '../views.ts';
import type { Agent } from './agent.ts';
import type { CampaignState } from './campaign.ts';
import type { Contact } from '../contacts.ts';
import type { Dial } from './dial.ts';
import type { Leg } from './leg.ts';
import type { Queue } from './queue.ts';
import type { CompiledScenario, CompiledStep } from './scenario.ts';
import { high, joined, low, small } from './small-time.ts';

const NO_LINE = new Line('', '');

/**
 * A call. As a timer it is due when its IVR step or its maximum wait is over: it never needs both.
 * Durations are ms. Reused, see {@link CallBook}.
 */
export class Call extends Timer implements CallView {
  // What the end of a call touches stands first and together: by then the call is in no cache.
  stage: CallStage = 'ivr';
  line: Line = NO_LINE;
  campaignState: CampaignState;
  agent: Agent | null = null;
  currentLeg: Leg | null = null;
  /** The customer's call that a consultation belongs to. */
  parent: Call | null = null;
  scenario: CompiledScenario | null = null;
  /** Null = inbound. */
  dial: Dial | null = null;
  /** Place in the book of open calls, -1 = not there. */
  place = -1;
  #startedHigh = 0;
  #startedLow = 0;
  /** ms after the start, -1 = not yet. */
  ended = -1;
  endReason: EndReason = END_REASONS.inProgress;
  endByAgent: 0 | 1 = 0;
  talkMs = 0;
  wrapupMs = 0;
  /** Agents in wrap-up for it: it must not be reused before they are done. */
  wrapups = 0;
  /** Its place among the latest calls was taken while it was in use. */
  overtaken = false;
  #id = '';

  number = 0;
  /** Copied from the line, which is let go with the call. */
  caller = '';
  dnis = '';
  /** Who opened this consultation. */
  consultant: Agent | null = null;
  /** Where it waits, rings or came from last. */
  queueState: Queue | null = null;
  nextInQueue: Call | null = null;
  previousInQueue: Call | null = null;

  step: CompiledStep | null = null;
  steps = 0;
  attempt = 0;
  closedBranch = false;

  /** Entry into the current queue, ms after the start. */
  #entered = 0;
  ivrMs = 0;
  firstWaitMs = 0;
  totalWaitMs = 0;
  overflowWaitMs = 0;
  acceptMs = 0;
  rerouteMs = 0;
  holdMs = 0;
  legs = 0;
  visits = 0;
  overflowVisits = 0;
  priority = 0;
  firstQueue = 0;
  lastQueue = 0;
  firstAgent = 0;
  lastAgent = 0;
  lastTransfer = '';
  closed: 0 | 1 = 0;
  noAgent: 0 | 1 = 0;
  overflow: 0 | 1 = 0;
  abandon: 0 | 1 = 0;
  agentListen: 0 | 1 = 0;
  firstIvr = '';
  lastIvr = '';
  status: Status | null = null;
  statusAgent: Agent | null = null;
  /** `Agent.day` when the status was given. */
  statusDay = 0;
  comments = '';
  wrapupWritten = 0;

  /** Texts of the row that never change, made when the first row is. */
  universalTime = '';
  localTime = '';
  universalTimeString = '';
  localTimeString = '';

  readonly #due: (call: Call) => void;
  readonly #idOf: (number: number) => string;

  constructor(campaignState: CampaignState, due: (call: Call) => void, idOf: (number: number) => string) {
    super();
    this.campaignState = campaignState;
    this.#due = due;
    this.#idOf = idOf;
  }

  override approach(): number {
    const { agent, currentLeg } = this;
    let sum = this.talkMs + this.number + this.steps + this.totalWaitMs + this.legs + this.firstAgent + this.noAgent + this.wrapupWritten;
    if (currentLeg) sum += currentLeg.approach();
    if (agent) sum += agent.approach();
    return sum;
  }

  override fire(): void {
    this.#due(this);
  }

  /** Made when somebody asks: a run without rows never does. */
  get id(): string {
    if (this.#id === '') this.#id = this.#idOf(this.number);
    return this.#id;
  }

  get startedMs(): number {
    return joined(this.#startedHigh, this.#startedLow);
  }

  /** Entry into the current queue. */
  get enteredMs(): number {
    return this.startedMs + this.#entered;
  }

  set enteredMs(ms: number) {
    this.#entered = this.after(ms);
  }

  /** From the start to then. */
  after(ms: number): number {
    return small(ms - this.startedMs);
  }

  get campaign(): string {
    return this.campaignState.did;
  }

  get queue(): number {
    return this.queueState ? this.queueState.number : 0;
  }

  get agentNumber(): number {
    return this.agent ? this.agent.number : 0;
  }

  get contact(): Contact | null {
    return this.dial ? this.dial.contact : null;
  }

  get isConsultation(): boolean {
    return this.parent !== null;
  }

  /**
   * Lets go of what can be made again, once the call is over and nobody is in wrap-up for it: thousands
   * of kept calls would otherwise carry every line and text through the collector's generations.
   */
  settle(): void {
    this.line = NO_LINE;
    if (this.universalTime === '') return;
    this.#id = '';
    this.universalTime = '';
    this.universalTimeString = '';
    this.localTime = '';
    this.localTimeString = '';
  }

  begin(number: number, line: Line, campaignState: CampaignState, nowMs: number): void {
    this.number = number;
    this.#id = '';
    this.line = line;
    this.caller = line.caller;
    this.dnis = line.dnis;
    this.campaignState = campaignState;
    this.stage = 'ivr';
    this.parent = null;
    this.consultant = null;
    this.agent = null;
    this.queueState = null;
    this.currentLeg = null;
    this.scenario = null;
    this.dial = null;
    this.step = null;
    this.steps = 0;
    this.attempt = 0;
    this.closedBranch = false;
    this.#startedHigh = high(nowMs);
    this.#startedLow = low(nowMs);
    this.#entered = 0;
    this.ended = -1;
    this.ivrMs = 0;
    this.firstWaitMs = 0;
    this.totalWaitMs = 0;
    this.overflowWaitMs = 0;
    this.acceptMs = 0;
    this.rerouteMs = 0;
    this.talkMs = 0;
    this.holdMs = 0;
    this.wrapupMs = 0;
    this.legs = 0;
    this.visits = 0;
    this.overflowVisits = 0;
    this.priority = 0;
    this.firstQueue = 0;
    this.lastQueue = 0;
    this.firstAgent = 0;
    this.lastAgent = 0;
    this.lastTransfer = '';
    this.closed = 0;
    this.noAgent = 0;
    this.overflow = 0;
    this.abandon = 0;
    this.endByAgent = 0;
    this.agentListen = 0;
    this.endReason = END_REASONS.inProgress;
    this.firstIvr = '';
    this.lastIvr = '';
    this.status = null;
    this.statusAgent = null;
    this.comments = '';
    this.wrapups = 0;
    this.wrapupWritten = 0;
    this.universalTime = '';
  }
}
