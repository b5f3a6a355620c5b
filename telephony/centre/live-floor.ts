import type { Automaton, OutboundOptions } from '../automaton.ts';
import type { Clock } from '../clock.ts';
import type { Command, CommandResult } from '../commands.ts';
import type { CentreConfiguration, ConfigurationPort } from '../configuration.ts';
import type { EmittedRow, RowSink } from '../rows.ts';
import type { AutomatonEvents } from '../views.ts';
import type { Centre } from './centre-schema.ts';
import { liveContacts } from './live-contacts.ts';
import { PacedClock } from './paced-clock.ts';
import { createSimulatedFloor } from './simulated-floor.ts';

const DEFAULT_WARM_UP_MS = 20 * 60_000;
/** Two to three days of calls, so that yesterday's can be qualified again; about 1 KB each. */
const KEPT_CALLS = 32_768;

export interface LiveFloorOptions {
  centre: Centre;
  configuration: ConfigurationPort;
  seed: number | string;
  /** False: nobody calls, and agents do what commands say. Default true. */
  simulated?: boolean;
  rows: RowSink | null;
  /** Listens to the automaton, with the floor's clock. */
  observe?: (clock: Clock) => AutomatonEvents;
  /** The floor lives this long in virtual time before it goes live, so that calls and states are those of a day in full swing. Default 20 minutes. */
  warmUpMs?: number;
  /** The warm-up does not begin before this, e.g. the last row of an earlier run: two runs must not hold one agent. */
  notBeforeMs?: number;
  /** Times as fast as real time, for demonstrations. Default 1. */
  speed?: number;
  /** Where outbound campaigns take their contacts, and how they pace; without it nothing is dialed. */
  outbound?: OutboundOptions;
  /** Epoch ms; default now. */
  nowMs?: number;
}

export interface LiveFloor {
  readonly automaton: Automaton;
  /** Rows begin here: a history reaches up to this instant. Epoch ms. */
  readonly startedMs: number;
  /** The floor's time, epoch ms. */
  nowMs(): number;
  /** A command from outside, after everything that is already due, with its outcome. */
  command(command: Command): Promise<CommandResult>;
  /** See `Automaton.closingRows`, after everything that is already due. */
  closingRows(): EmittedRow[];
  /** Ends all calls, logs everybody out, writes the last rows. */
  stop(): void;
}

/** Starts the simulated centre in real time, in the middle of its life: agents on duty, calls in hand. */
export async function startLiveFloor(options: LiveFloorOptions): Promise<LiveFloor> {
  const { centre, configuration: port, seed, simulated = true, rows, observe, warmUpMs = simulated ? DEFAULT_WARM_UP_MS : 0, notBeforeMs = 0, speed = 1, nowMs = Date.now() } = options;
  const configuration: CentreConfiguration = await port.load();
  const startedMs = Math.min(nowMs, Math.max(nowMs - warmUpMs, notBeforeMs));
  const clock = new PacedClock(startedMs);
  let live = false;
  const outbound = options.outbound && { ...options.outbound, contacts: liveContacts(options.outbound.contacts, { nowMs, isLive: () => live, catchUp: () => clock.catchUp() }) };
  const { automaton, callers, workers, parties } = createSimulatedFloor({ centre, configuration, clock, seed, run: `live ${startedMs}`, rows, events: observe?.(clock), keptCalls: KEPT_CALLS, outbound });
  if (simulated) {
    workers.start(1_500);
    callers.start();
  }
  clock.run(nowMs);
  // Living that long took real time too.
  if (options.nowMs === undefined) clock.run(Date.now());
  const unsubscribe = port.subscribe((next) => {
    clock.catchUp();
    automaton.configure(next);
  });
  clock.pace(speed);
  live = true;
  return {
    automaton,
    startedMs,
    nowMs: () => clock.nowMs(),
    command: (command) => new Promise((resolve) => {
      clock.catchUp();
      const answer = automaton.command(command, resolve);
      if (command.kind !== 'dial-number' || !answer.ok) resolve(answer);
    }),
    closingRows: () => {
      clock.catchUp();
      return automaton.closingRows();
    },
    stop: () => {
      unsubscribe();
      clock.catchUp();
      clock.stop();
      automaton.endDialing();
      callers.stop();
      callers.hangUpAll();
      parties.hangUpAll();
      workers.logoutAll();
      automaton.close();
    },
  };
}
