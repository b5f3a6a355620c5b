import type { Random } from '../random.ts';
import { markovian, type CallerClass } from './queueing-system.ts';
import { SUM } from './tally.ts';

/** A published system: how to live it, and what its published figures are in the sums of a run. */
export interface ReferenceSystem {
  /** `model|inputs` of the reference rows. */
  rows: string[];
  unitMs: number;
  /** Targets of the waits, in units. */
  targets: number[];
  agents: number;
  /** Calls that may wait; null = no limit. */
  waitingPlaces: number | null;
  callers: CallerClass;
  /** Independent days of this many units that start empty, instead of one long run. */
  dayUnits?: number;
  figures: Record<string, (sums: readonly number[]) => number>;
}

const at = (place: number) => (sums: readonly number[]): number => sums[place] ?? 0;
const ratio = (a: number, b: number) => (sums: readonly number[]): number => at(a)(sums) / at(b)(sums);
const perDay = (place: number, dayUnits: number) => (sums: readonly number[]): number => (at(place)(sums) / at(SUM.time)(sums)) * dayUnits;
const within = (target: number, of: number) => (sums: readonly number[]): number => at(SUM.targets + 2 * target)(sums) / at(of)(sums);
const withinAbandoned = (target: number) => (sums: readonly number[]): number => at(SUM.targets + 2 * target + 1)(sums) / at(SUM.abandoned)(sums);
const variance = (second: number, first: number, count: number) => (sums: readonly number[]): number => ratio(second, count)(sums) - ratio(first, count)(sums) ** 2;
const occupancy = (agents: number) => (sums: readonly number[]): number => ratio(SUM.busy, SUM.time)(sums) / agents;

const waits = ratio(SUM.waited, SUM.entered);
const atOnce = (sums: readonly number[]): number => 1 - waits(sums);
const abandons = ratio(SUM.abandoned, SUM.entered);
const meanWait = ratio(SUM.waitAnswered, SUM.answered);

function pool(agents: number, inputs: string[]): ReferenceSystem {
  return {
    rows: inputs.map((words) => `ErlangC|${words}`),
    unitMs: 1000, targets: [20, 0.33 * 60], agents, waitingPlaces: null,
    callers: markovian(1, 18_000, 180_000, null),
    figures: {
      'P(wait)': waits, waiting_probability: waits, immediate_answer_probability: atOnce,
      service_level: within(0, SUM.answered), ASA_s: meanWait, occupancy: occupancy(agents),
    },
  };
}

const UNIT_MS = 1_000_000;
const erlang2 = (random: Random): number => random.exponential(UNIT_MS / 2) + random.exponential(UNIT_MS / 2);
const whitt = { unitMs: UNIT_MS, targets: [0.1, 0.2], agents: 100, waitingPlaces: null };
const whittFigures = {
  'P(W=0)': atOnce, 'P(A)': abandons, 'E[Q]': ratio(SUM.queue, SUM.time), 'Var(Q)': variance(SUM.queue2, SUM.queue, SUM.time),
  'E[N]': (sums: readonly number[]) => ratio(SUM.queue, SUM.time)(sums) + ratio(SUM.busy, SUM.time)(sums),
  'E[W|S]': meanWait, 'Var(W|S)': variance(SUM.waitAnswered2, SUM.waitAnswered, SUM.answered),
  'E[W|A]': ratio(SUM.waitAbandoned, SUM.abandoned), 'Var(W|A)': variance(SUM.waitAbandoned2, SUM.waitAbandoned, SUM.abandoned),
  'P(W<=0.1|S)': within(0, SUM.answered), 'P(W<=0.1|A)': withinAbandoned(0), 'P(W<=0.2|S)': within(1, SUM.answered), 'P(W<=0.2|A)': withinAbandoned(1),
};
const generalPatience = 'M/GI sim|M/M/100/200+E2 / +LN(1,1) lambda=102 mean patience 1 (simulation)';

const DAY = 480;
const day = { unitMs: 60_000, targets: [1 / 3], agents: 12, dayUnits: DAY };
const served = 0.5;
const dayCallers = (patience: number | null): CallerClass => markovian(1, 60_000 / 4.2, 60_000 / served, patience);

/** Metrics that are answers of a search, or arithmetic, and no figure of a floor: the formulas alone are checked against them. */
export const NOT_LIVED = new Set(['agents', 'agents_shrunk', 'servers', 'raw_positions', 'positions', 'traffic_erlang', 'blocking']);

export const referenceSystems: ReferenceSystem[] = [
  ...[11, 12, 13, 14].map((agents) =>
    pool(agents, [
      `calls=100/1800s aht=180s agents=${agents} threshold=20s`,
      `A=10 agents=${agents} aht=180 threshold=20`,
      ...(agents === 14 ? ['transactions=100 aht=3min asa=.33min interval=30min SL>=.8 maxocc=.85 shrinkage=.3'] : []),
    ])),
  pool(15, ['same but SL>=.9 (or maxocc=.7)']),
  {
    rows: ['ErlangA|transactions=100/30min aht=3min patience=5min(exp) agents=14', 'ErlangA|transactions=100/30min aht=3min patience=5min(exp) agents=14 threshold=20s'],
    unitMs: 60_000, targets: [1 / 3], agents: 14, waitingPlaces: null, callers: markovian(1, 18_000, 180_000, 300_000),
    figures: {
      'P(wait)': waits, 'P(abandon)': abandons, occupancy: occupancy(14), service_level: within(0, SUM.entered),
      'ASA_all_min (=E[Q]/lambda)': ratio(SUM.queue, SUM.entered),
    },
  },
  { ...whitt, rows: ['ErlangA|M/M/100/200+M lambda=102 mu=1 theta=1'], callers: markovian(1, UNIT_MS / 102, UNIT_MS, UNIT_MS), figures: whittFigures },
  {
    ...whitt, rows: [generalPatience],
    callers: { ...markovian(1, UNIT_MS / 102, UNIT_MS, null), patienceMs: erlang2 },
    figures: { 'P(W=0) E2': atOnce, 'P(A) E2': abandons, 'E[Q] E2': whittFigures['E[Q]'] },
  },
  {
    ...whitt, rows: [generalPatience],
    callers: { ...markovian(1, UNIT_MS / 102, UNIT_MS, null), patienceMs: (random) => random.lognormal(UNIT_MS, 1) },
    figures: { 'P(W=0) LN': atOnce, 'P(A) LN': abandons, 'E[Q] LN': whittFigures['E[Q]'] },
  },
  {
    ...day, rows: ['M/M/c sim|lambda=4.2/min mu=.5/min c=12 AWT=20s day=8h starts empty, 1000 days'], waitingPlaces: null, callers: dayCallers(null),
    figures: { 'service_level(20s)': within(0, SUM.answered), ASA_min: meanWait, occupancy: occupancy(12), 'answered in target per 8h day': perDay(SUM.targets, DAY) },
  },
  {
    ...day, rows: ['M/M/c+M sim|as MMC + exp patience mean 1 min'], waitingPlaces: null, callers: dayCallers(60_000),
    figures: {
      'abandoned per day': perDay(SUM.abandoned, DAY), service_level: within(0, SUM.answered), 'ASA_min (served)': meanWait, occupancy: occupancy(12),
      // Abandoned within the target are in neither part.
      'service_level incl. abandoned': (sums) => at(SUM.targets)(sums) / (at(SUM.entered)(sums) - at(SUM.targets + 1)(sums)),
    },
  },
  {
    ...day, rows: ['M/M/c/c+5 sim|as MMC + queue capacity 5'], waitingPlaces: 5, callers: dayCallers(null),
    figures: { 'blocked per day': perDay(SUM.blocked, DAY), service_level: within(0, SUM.answered), ASA_min: meanWait, occupancy: occupancy(12) },
  },
];
