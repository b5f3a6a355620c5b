import type { Clock } from './clock.ts';
import type { Command, CommandResult } from './commands.ts';
import type { CentreConfiguration } from './configuration.ts';
import type { LiveEvent, LiveState } from './live.ts';
import type { MediaDriver } from './media.ts';
import type { Random } from './random.ts';
import type { RowSink } from './rows.ts';
import type { AgentView, AutomatonEvents, CallView } from './views.ts';

export interface AutomatonOptions {
  clock: Clock;
  /** Ids of calls and sessions come from it. */
  random: Random;
  configuration: CentreConfiguration;
  media: MediaDriver;
  /** Where the rows of Ondata go; null = none are made, which doubles the speed. */
  rows: RowSink | null;
  events?: AutomatonEvents;
  /** Ended calls that can still be qualified again by id. Default 16,384. */
  keptCalls?: number;
}

/** Counters kept by the automaton itself, for tests and health; since the start, or by queue number. */
export interface AutomatonCounters {
  calls: number;
  ended: number;
  reroutes: number;
  overflows: number;
  transfers: number;
  abandoned: number;
}

/** CT-Proxy's live side. */
export interface LiveFeed {
  snapshot(): LiveState;
  /** Gives a snapshot at once, then changes, at most one in 250 ms of the clock, until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}

/** The floor's switch: takes calls from the media driver, commands from CT-Proxy, and time from the clock. */
export interface Automaton {
  /** Carries out a command of an agent or supervisor, or refuses it with the reason. @throws Error from within an event listener. */
  command(command: Command): CommandResult;
  /** Takes a new configuration while running; a version not newer than the current one is ignored. */
  configure(configuration: CentreConfiguration): void;
  readonly live: LiveFeed;
  readonly counters: Readonly<AutomatonCounters>;
  /** Null = no such number, or not valid now. */
  agent(number: number): AgentView | null;
  /** An open call, or one ended not too long ago. */
  call(id: string): CallView | null;
  /** Calls not ended. */
  readonly openCalls: number;
  /** Stops the automaton's own timers, for a clean end; open calls stay in progress in the rows. */
  close(): void;
}

/** Starts an automaton; it attaches itself to the media driver. All agents are logged out. */
export function createAutomaton(options: AutomatonOptions): Automaton {
  throw new Error(`being built: ${options.configuration.version}`);
}
