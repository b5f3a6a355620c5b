import type { Clock } from './clock.ts';
import type { Command, CommandResult } from './commands.ts';
import type { CentreConfiguration } from './configuration.ts';
import type { ContactPort } from './contacts.ts';
import type { LiveEvent, LiveState } from './live.ts';
import type { PacingState } from './dialer/pacing.ts';
import type { MediaDriver } from './media.ts';
import type { Random } from './random.ts';
import type { EmittedRow, RowSink } from './rows.ts';
import type { AgentView, AutomatonEvents, CallView } from './views.ts';
import { agentDesk, type AgentDesk } from './core/agent-desk.ts';
import { carryOut } from './core/command-table.ts';
import { callerHungUp, finishWrapup } from './core/conversation.ts';
import { createFloor } from './core/create-floor.ts';
import type { PacingMaker } from './core/dialing.ts';
import type { AutomatonCounters } from './core/floor.ts';
import { restoreFigures, type AgentFigures } from './core/earlier-figures.ts';
import { closingRows } from './core/interruption.ts';
import { digit, incoming } from './core/ivr.ts';
import { dialedHungUp, dialProgress } from './core/outbound.ts';
import type { QueueCounters } from './core/queue.ts';
import { reroute } from './core/routing.ts';
import { Upkeep } from './core/upkeep.ts';

export type { AgentFigures } from './core/earlier-figures.ts';
export type { AutomatonCounters } from './core/floor.ts';
export type { QueueCounters } from './core/queue.ts';

export interface AutomatonOptions {
  clock: Clock;
  /** Ids of calls and sessions come from it. */
  random: Random;
  configuration: CentreConfiguration;
  media: MediaDriver;
  /** Where the rows of Ondata go; null = none are made, which doubles the speed. */
  rows: RowSink | null;
  events?: AutomatonEvents;
  /** Latest calls that can still be qualified by id; each costs about 1 KB, and speed beyond the processor's caches. Default 4,096. */
  keptCalls?: number;
  /** Without it nothing is dialed. */
  outbound?: OutboundOptions;
}

export interface OutboundOptions {
  /** Where outbound campaigns take their contacts. */
  contacts: ContactPort;
  /** Makes the pacing of predictive campaigns. */
  pacing: PacingMaker;
  /** What an earlier run's {@link Automaton.pacingStates} gave. */
  pacingStates?: Readonly<Record<string, PacingState>>;
  /** Time between two decisions of a campaign, at most 2000. Default 1000. */
  decideEveryMs?: number;
}

/** CT-Proxy's live side. */
export interface LiveFeed {
  snapshot(): LiveState;
  /** Gives a snapshot at once, then changes, at most one in 250 ms of the clock, until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** One agent's own state, production figures and messages: at once, then whenever they move, at the same pace. */
  desk(agent: number, listener: (desk: AgentDesk) => void): () => void;
}

/** The floor's switch: takes calls from the media driver, commands from CT-Proxy, and time from the clock. */
export interface Automaton {
  /**
   * Carries out a command of an agent or supervisor, or refuses it with the reason. Of `dial-number`, where it is not refused at once, `later` is told
   * what has become of it. @throws Error from within an event listener.
   */
  command(command: Command, later?: (result: CommandResult) => void): CommandResult;
  /** Takes a new configuration while running; a version not newer than the current one is ignored. */
  configure(configuration: CentreConfiguration): void;
  readonly live: LiveFeed;
  readonly counters: Readonly<AutomatonCounters>;
  /** Null = no such number, or not valid now. */
  agent(number: number): AgentView | null;
  /** An open call, or one ended not too long ago. */
  call(id: string): CallView | null;
  /** Null = no such queue. The object's numbers move on. */
  queueCounters(number: number): Readonly<QueueCounters> | null;
  /** Calls not ended. */
  readonly openCalls: number;
  /**
   * The rows that would end everything at this instant: calls and legs in progress, wrap-ups and agents' states. They are
   * not written; a later start writes them when this one died without a word. Any row written later is newer than they are.
   */
  closingRows(): EmittedRow[];
  /** What agents did earlier on the site's current day, under another run: their figures count it. Again replaces it. */
  restoreFigures(earlier: readonly AgentFigures[]): void;
  /** What predictive campaigns have learned, with their nuisance windows, by DID: plain JSON for the next run. */
  pacingStates(): Record<string, PacingState>;
  /** Ids of the dials that these windows do not count yet: they ring, or their person waits for an agent. */
  undecidedDials(): string[];
  /** Ends dialing before {@link Automaton.close}: what rings is given up, contacts go back, talks go on. */
  endDialing(): void;
  /** Stops the automaton's own timers, for a clean end; open calls stay in progress in the rows. */
  close(): void;
}

/** Starts an automaton; it attaches itself to the media driver. All agents are logged out. @throws Error when the configuration names something that is not there. */
export function createAutomaton(options: AutomatonOptions): Automaton {
  const { clock, media } = options;
  const floor = createFloor(options);
  const upkeep = new Upkeep(floor, (agent) => (agent.state === 'ringing' ? reroute(floor, agent) : finishWrapup(floor, agent)));
  media.attach({
    incoming: (line) => incoming(floor, line),
    digit: (line, key) => digit(floor, line, key),
    callerHungUp(line) {
      const call = floor.book.ofLine(line);
      if (call?.dial && call.firstAgent === 0) dialedHungUp(floor, call);
      else callerHungUp(floor, line);
    },
    dialProgress: (line, progress) => dialProgress(floor, line, progress),
    approach: (line) => floor.book.ofLine(line)?.approach() ?? 0,
    occupationChanged: (gateway) => floor.live.gateway(gateway),
  });
  upkeep.configure(options.configuration);
  return {
    command(command, later) {
      if (floor.telling) throw new Error(`command ${command.kind} from within an event listener: set a timer instead`);
      return carryOut(floor, command, later);
    },
    configure: (configuration) => upkeep.configure(configuration),
    live: { snapshot: () => floor.live.snapshot(), subscribe: (listener) => floor.live.subscribe(listener), desk: (agent, listener) => floor.live.subscribe(agentDesk(agent, listener)) },
    counters: floor.counters,
    queueCounters: (number) => floor.queues.get(number)?.counters ?? null,
    agent(number) {
      const agent = floor.agents.get(number);
      return agent && !agent.removed ? agent : null;
    },
    call: (id) => floor.book.byId(id),
    get openCalls() {
      return floor.book.openCount;
    },
    closingRows: () => closingRows(floor),
    restoreFigures: (earlier) => restoreFigures(floor, earlier),
    pacingStates: () => floor.dialing?.states() ?? {},
    undecidedDials: () => floor.dialing?.undecided() ?? [],
    endDialing: () => floor.dialing?.end(),
    close() {
      floor.dialing?.close();
      upkeep.close();
      floor.live.close();
      for (const agent of floor.agents.values()) clock.cancel(agent);
      for (const call of floor.book.openCalls()) clock.cancel(call);
    },
  };
}
