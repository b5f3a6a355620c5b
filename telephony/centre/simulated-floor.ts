import { createAutomaton, type Automaton, type OutboundOptions } from '../automaton.ts';
import type { Clock } from '../clock.ts';
import type { CentreConfiguration } from '../configuration.ts';
import { Random } from '../random.ts';
import type { RowSink } from '../rows.ts';
import { SimulatedGateway } from '../simulated-gateway.ts';
import type { AutomatonEvents } from '../views.ts';
import { Arrivals } from './arrivals.ts';
import { CalledParties } from './called-parties.ts';
import { Callers } from './callers.ts';
import type { Centre } from './centre-schema.ts';
import { tellAll } from './floor-events.ts';
import { Roster } from './roster.ts';
import { Workers } from './workers.ts';

export interface SimulatedFloorOptions {
  centre: Centre;
  /** What the core is told of the centre; the operational store may know more than the file. */
  configuration: CentreConfiguration;
  clock: Clock;
  /** Whole weeks of arrivals and rosters follow from it. */
  seed: number | string;
  /** Tells runs of the same seed apart: ids of calls, and what callers and agents do. */
  run: string;
  rows: RowSink | null;
  events?: AutomatonEvents;
  /** See `AutomatonOptions`. */
  keptCalls?: number;
  /** See `AutomatonOptions`. */
  outbound?: OutboundOptions;
}

/** The automaton with the simulated media, callers and agents about it, who use nothing but its public door. */
export interface SimulatedFloor {
  readonly automaton: Automaton;
  readonly callers: Callers;
  readonly workers: Workers;
  /** Those who are called. */
  readonly parties: CalledParties;
}

export function createSimulatedFloor({ centre, configuration, clock, seed, run, rows, events, keptCalls, outbound }: SimulatedFloorOptions): SimulatedFloor {
  const random = new Random(seed, `floor ${run}`);
  const gateway = new SimulatedGateway(configuration.gateways);
  const callers = new Callers({ centre, clock, gateway, arrivals: new Arrivals(centre, seed), random: random.stream('callers') });
  const parties = new CalledParties({ centre, clock, gateway, seed: `${seed} called ${run}` });
  const workers = new Workers({ centre, clock, gateway, roster: new Roster(centre, seed), random: random.stream('workers'), parties, automaton: () => automaton });
  const automaton = createAutomaton({
    clock, configuration, media: gateway, rows, keptCalls, outbound,
    random: random.stream('automaton'),
    events: tellAll(...(events ? [events] : []), callers, workers),
  });
  return { automaton, callers, workers, parties };
}
