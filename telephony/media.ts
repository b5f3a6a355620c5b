import type { Gateway } from './configuration.ts';

/**
 * One line of the public network that is, or may become, a call. A simulated caller extends it with
 * what it needs (`if (call.line instanceof MyCaller)`); a driver for real hardware keeps its handles in it.
 */
export class Line {
  readonly caller: string;
  /** Number or short code that was dialed. */
  readonly dnis: string;
  /** Set by the driver: gateway and channel in use, '' and -1 when none. */
  gateway = '';
  channel = -1;
  /** The automaton's number of the call, -1 = none. Only the automaton writes it. */
  call = -1;

  constructor(caller: string, dnis: string) {
    this.caller = caller;
    this.dnis = dnis;
  }
}

/** What the driver reports; the automaton listens. */
export interface MediaListener {
  /** A call on a free channel. False = no campaign has this number: the driver releases the line. */
  incoming(line: Line): boolean;
  digit(line: Line, digit: string): void;
  /** The other end hung up: a caller, or a person who was dialed. */
  callerHungUp(line: Line): void;
  /** What is heard of a number that is being dialed. */
  dialProgress(line: Line, progress: DialProgress): void;
  /**
   * Something will happen on this line within about a second, see `Timer.approach`. A driver may leave it out: it pays where
   * hundreds of thousands of calls a second run through more memory than the processor's caches hold, as in the theory's
   * systems. The simulated centre's callers do not: their 120 agents fit, and live calls are seconds apart.
   */
  approach(line: Line): number;
  /** Occupation of channels changed, or a call was refused as busy. */
  occupationChanged(gateway: string): void;
}

/**
 * `answered`: somebody or something answered, detection listens · `person` and `machine`: what it is; without detection every
 * answer is a `person` at once · `busy`, `invalid`: there was no answer and will be none.
 */
export type DialProgress = 'answered' | 'person' | 'machine' | 'busy' | 'invalid';

/** How a number is dialed. */
export interface DialOrder {
  site: string;
  /** Tells machines from persons, within this time after the answer; null = does not listen. */
  machineMs: number | null;
}

/**
 * The media layer under the automaton (HMP or Dialogic cards in the field). The automaton commands,
 * the driver carries out at once or throws; all timing is the automaton's.
 */
export interface MediaDriver {
  attach(listener: MediaListener): void;
  /** Takes new gateways, or other numbers of links; calls on vanished channels go on until they end. */
  configure(gateways: readonly Gateway[]): void;
  occupation(): GatewayOccupation[];
  /** Dials the line's `dnis`, showing its `caller`, on a free channel of the site. 'busy' = there is none. */
  dial(line: Line, order: DialOrder): 'dialing' | 'busy';
  play(line: Line, message: string): void;
  ringAgent(line: Line, agent: number): void;
  stopRinging(line: Line, agent: number): void;
  connect(line: Line, agent: number): void;
  hold(line: Line): void;
  resume(line: Line): void;
  record(line: Line, on: boolean): void;
  /** Gives a supervisor the sound of an agent, whatever call is in hand. */
  listen(agent: number, supervisor: string, on: boolean): void;
  /** Releases the line and its channel. */
  hangUp(line: Line): void;
}

export interface GatewayOccupation {
  gateway: string;
  site: string;
  channels: number;
  busyChannels: number;
  /** Calls refused as busy since the driver started. */
  refused: number;
}
