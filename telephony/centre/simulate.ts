import { VirtualClock, type Clock } from '../clock.ts';
import type { CentreConfiguration } from '../configuration.ts';
import type { RowSink } from '../rows.ts';
import type { AutomatonEvents } from '../views.ts';
import { PredictivePacing } from '../dialer/pacing-predictive.ts';
import { contactsOfDays } from './campaign-contacts.ts';
import type { Centre } from './centre-schema.ts';
import { createSimulatedFloor, type SimulatedFloor, type SimulatedFloorOptions } from './simulated-floor.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Nobody calls or is called in the last seconds of a run: the calls in progress then end one by one. */
const CLOSING_MS = 20_000;

interface Simulation {
  centre: Centre;
  configuration: CentreConfiguration;
  seed: number | string;
  rows: RowSink | null;
  /** False: nobody is called, which is four times as fast; agents of the campaigns sit idle. Default true. */
  campaigns?: boolean;
  /** Listens to the automaton, with the clock of the run. */
  observe?: (clock: Clock) => AutomatonEvents;
}

export interface DaysSimulation extends Simulation {
  /** First UTC day, `yyyy-MM-dd`. */
  from: string;
  days: number;
  /** After each simulated hour; a promise holds the simulation back until the rows are safe. */
  onProgress?: (progress: SimulationProgress) => void | Promise<void>;
}

export interface DaySimulation extends Simulation {
  /** UTC day, `yyyy-MM-dd`. */
  day: string;
  /** Ends within the day, for a today that is not over; epoch ms. */
  untilMs?: number;
}

export interface SimulationProgress {
  /** Up to where it has been lived, epoch ms. */
  atMs: number;
  /** 0..1. */
  done: number;
}

export interface SimulationResult {
  /** Of callers. */
  calls: number;
  /** Of campaigns. */
  dials: number;
  fromMs: number;
  untilMs: number;
}

/** Lives the days one after the other in virtual time; calls and shifts cross midnight. The same seed gives the same rows. */
export async function simulateDays({ from, days, onProgress, ...simulation }: DaysSimulation): Promise<SimulationResult> {
  const fromMs = dayStart(from);
  const untilMs = fromMs + days * DAY_MS;
  const clock = new VirtualClock(fromMs);
  const floor = createSimulatedFloor({ ...simulation, ...dialing(simulation, fromMs, days), clock, run: `days from ${from}`, events: simulation.observe?.(clock) });
  open(floor, untilMs);
  for (let atMs = fromMs + HOUR_MS; atMs < untilMs; atMs += HOUR_MS) {
    clock.run(atMs);
    await onProgress?.({ atMs, done: (atMs - fromMs) / (untilMs - fromMs) });
  }
  close(floor, clock, untilMs);
  await onProgress?.({ atMs: untilMs, done: 1 });
  return { calls: floor.automaton.counters.calls, dials: floor.automaton.counters.dialed, fromMs, untilMs };
}

/**
 * Lives one day by itself, for a history that is filled in newest day first: whoever is on duty at its
 * start logs in then, calls in progress at its end are ended there, so that no agent is in two days at once.
 */
export function simulateDay({ day, untilMs: until, ...simulation }: DaySimulation): SimulationResult {
  const fromMs = dayStart(day);
  const untilMs = Math.min(until ?? Number.POSITIVE_INFINITY, fromMs + DAY_MS);
  const clock = new VirtualClock(fromMs);
  const floor = createSimulatedFloor({ ...simulation, ...dialing(simulation, fromMs, 1), clock, run: `day ${day}`, events: simulation.observe?.(clock) });
  open(floor, untilMs);
  close(floor, clock, untilMs);
  return { calls: floor.automaton.counters.calls, dials: floor.automaton.counters.dialed, fromMs, untilMs };
}

/** The campaigns dial contacts that are made for these days, and learn anew. */
function dialing({ centre, configuration, seed, campaigns = true }: Simulation, fromMs: number, days: number): Pick<SimulatedFloorOptions, 'outbound'> {
  if (!campaigns) return {};
  return { outbound: { contacts: contactsOfDays(centre, configuration, seed, fromMs / DAY_MS, days), pacing: (_campaign, carried) => new PredictivePacing(carried ?? undefined, false), decideEveryMs: 2000 } };
}

function open(floor: SimulatedFloor, untilMs: number): void {
  floor.workers.start(2_000);
  floor.callers.start(untilMs - CLOSING_MS);
}

function close(floor: SimulatedFloor, clock: VirtualClock, untilMs: number): void {
  clock.run(untilMs - CLOSING_MS);
  floor.automaton.endDialing();
  clock.run(untilMs - CLOSING_MS / 4);
  floor.callers.stop();
  floor.callers.hangUpAll();
  floor.parties.hangUpAll();
  clock.run(untilMs - 1);
  floor.workers.logoutAll();
  clock.run(untilMs);
  floor.automaton.close();
}

function dayStart(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`not a day yyyy-MM-dd: ${day}`);
  return ms;
}
