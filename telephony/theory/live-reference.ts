import { BatchMeans } from './batch-means.ts';
import { alike, QueueingSystem, START_MS, type CallerClass } from './queueing-system.ts';
import type { ReferenceSystem } from './reference-systems.ts';
import { Tally } from './tally.ts';

const CHANNELS_PER_E1 = 30;
const HOUR_MS = 3_600_000;

export interface LivedFigure {
  value: number;
  halfWidth: number;
}

export interface Wanted {
  metric: string;
  published: number;
}

/**
 * Lives a published system until every wanted figure's interval is narrow: at most 5 % of the value (10 %
 * above 95 % occupancy), 0.01 for a probability.
 *
 * @throws Error when `mostCalls` are not enough for that.
 */
export function liveReference(system: ReferenceSystem, wanted: readonly Wanted[], confidence: number, seed: number, mostCalls = 20_000_000): { figures: Map<string, LivedFigure>; calls: number } {
  const tally = new Tally(START_MS, system.unitMs, system.targets);
  const spare = system.waitingPlaces === null ? 0 : spareChannels(system.agents + system.waitingPlaces);
  const queueing = new QueueingSystem({
    seed,
    callers: [...(spare > 0 ? [occupying(2, spare)] : []), system.callers],
    agents: [...alike(system.agents, 1), ...alike(spare, 2)],
    e1Links: system.waitingPlaces === null ? undefined : (system.agents + system.waitingPlaces + spare) / CHANNELS_PER_E1,
    observer: tally,
  });
  const batches = new BatchMeans(!system.dayUnits);
  let batchMs = system.dayUnits ? system.dayUnits * system.unitMs : 40 * HOUR_MS;
  if (!system.dayUnits) {
    // A first stretch is not counted: the run starts empty, the theory does not.
    queueing.run(START_MS + 100 * HOUR_MS);
    tally.take(queueing.clock.nowMs());
  }
  for (;;) {
    queueing.run(queueing.clock.nowMs() + batchMs);
    const sums = tally.take(queueing.clock.nowMs());
    if (system.dayUnits) {
      queueing.close();
      queueing.run(queueing.clock.nowMs() + HOUR_MS);
      const rest = tally.take(queueing.clock.nowMs());
      // Calls that wait or talk at the end are served; the time in which nobody could arrive is not the day's.
      sums.forEach((sum, place) => { if (place > 0 && place < 10 || place >= 13) sums[place] = sum + (rest[place] ?? 0); });
      queueing.open();
    }
    batches.add(sums);
    if (batches.join()) batchMs *= 2;
    const calls = queueing.automaton.counters.calls;
    if (batches.count % 8 !== 0 || batches.count < 32) continue;
    const figures = new Map(wanted.map(({ metric }) => [metric, batches.estimate(figureOf(system, metric), confidence)]));
    if (wanted.every((row) => narrow(row, figures.get(row.metric)))) return { figures, calls };
    if (calls > mostCalls) throw new Error(`${system.rows[0]}: intervals too wide after ${calls} calls: ${JSON.stringify([...figures])}`);
  }
}

function narrow({ metric, published }: Wanted, figure: LivedFigure | undefined): boolean {
  return figure !== undefined && figure.halfWidth <= (isProbability(metric) ? 0.01 : 0.05 * Math.abs(published));
}

function isProbability(metric: string): boolean {
  return /^P\(|service_level|probability|occupancy/.test(metric);
}

function figureOf(system: ReferenceSystem, metric: string): (sums: readonly number[]) => number {
  const figure = system.figures[metric];
  if (!figure) throw new Error(`${system.rows[0]}: ${metric} is not known`);
  return figure;
}

/** Channels to be taken so that whole E1 links leave room for exactly so many calls. */
function spareChannels(room: number): number {
  return (CHANNELS_PER_E1 - (room % CHANNELS_PER_E1)) % CHANNELS_PER_E1;
}

/** So many calls at the start that never end. */
function occupying(queue: number, count: number): CallerClass {
  const forEver = 1e14;
  let left = count;
  return { queue, background: true, nextArrivalMs: () => (left-- > 0 ? 0 : forEver), handleMs: () => forEver, patienceMs: null };
}
