import { DISTURBANCES, type Disturbance, type Studied } from '../../telephony/dialer/study/scenarios.ts';
import type { VicidialMethod } from '../../telephony/dialer/pacing-vicidial.ts';
import { trafficForBlocking } from '../../telephony/erlang/index.ts';
import type { Bench, Limit, Measured, Ratio } from './bench.ts';
import type { StudyJob } from './dialer-study.worker.ts';
import { overSeeds } from './over-seeds.ts';

const SEEDS = 20;
const SHIFT_SEEDS = 5;
const DISTURBED_SEEDS = 20;
/** Highest share of nuisance calls, in percent: always; after a disturbance; and how long the latter. */
const NUISANCE = 3;
const DISTURBED_NUISANCE = 3.5;
const BACK_MINUTES = 30;
const COMPARED_AGENTS = 50;
/** Busy share of predictive pacing, in percent, by number of agents. */
const BUSY: readonly (readonly [agents: number, atLeast: number])[] = [[10, 83], [20, 88], [50, 93], [100, 96]];
const DISTURBED_AGENTS = [20, 50, 100];

const OTHERS: Record<string, { studied: Studied; method?: VicidialMethod }> = {
  manual: { studied: 'manual' },
  preview: { studied: 'preview' },
  progressive: { studied: 'progressive' },
  'VICIdial HARD_LIMIT': { studied: 'vicidial', method: 'HARD_LIMIT' },
  'VICIdial AVERAGE': { studied: 'vicidial', method: 'AVERAGE' },
  'VICIdial TAPERED': { studied: 'vicidial', method: 'TAPERED' },
  clairvoyant: { studied: 'clairvoyant' },
};
const DISTURBED: Record<Disturbance, string> = { answers: 'answers 15 → 45 %', agents: 'a third leaves', talks: 'talks double' };

const predictive = (agents: number): string => `predictive, ${agents} agents`;
const shifts = (agents: number): string => `72 h in shifts, ${agents} agents`;
const disturbed = (disturbance: Disturbance, agents: number): string => `${DISTURBED[disturbance]}, ${agents} agents`;
const againstOther = (other: string, atLeast: number): Ratio => ({ name: `talk time, predictive / ${other}`, of: `${predictive(COMPARED_AGENTS)}, talk min/h`, to: `${other}, talk min/h`, atLeast });

type Variant = [name: string, measure: () => Promise<Measured>];
const over = (name: string, seeds: number, job: (seed: number) => StudyJob): Variant => [name, () => overSeeds(`dialer-pacing: ${name}`, seeds, job)];

/** Ten hours of the standard campaign, the same contacts and agents under each pacing; three days in shifts; and what changes in the middle of a day. */
export const dialerPacing: Bench = {
  name: 'dialer-pacing',
  describe: `predictive dialing, 10 h of the standard campaign on ${SEEDS} seeds, against other modes at ${COMPARED_AGENTS} agents; 72 h in shifts on ${SHIFT_SEEDS}; disturbances`,
  unit: '',
  seeded: true,
  variants: Object.fromEntries([
    ...BUSY.map(([agents]) => over(predictive(agents), SEEDS, (seed) => ({ scenario: 'standard', studied: 'predictive', agents, seed }))),
    ...Object.entries(OTHERS).map(([name, other]) => over(name, SEEDS, (seed) => ({ scenario: 'standard', ...other, agents: COMPARED_AGENTS, seed }))),
    ...BUSY.map(([agents]) => over(shifts(agents), SHIFT_SEEDS, (seed) => ({ scenario: 'shifts', agents, seed }))),
    ...eachDisturbed((disturbance, agents) => over(disturbed(disturbance, agents), DISTURBED_SEEDS, (seed) => ({ scenario: 'disturbed', disturbance, agents, seed }))),
  ]),
  ratios: [
    againstOther('manual', 1.8),
    againstOther('progressive', 1.38),
    againstOther('clairvoyant', 0.93),
    ...Object.keys(OTHERS).filter((name) => name.startsWith('VICIdial')).map((name) => againstOther(name, 1)),
  ],
  limits: [
    ...BUSY.flatMap(([agents, atLeast]): Limit[] => [
      { name: `busy share, ${agents} agents`, of: `${predictive(agents)}, busy %`, atLeast, unit: '%', mean: true },
      { name: `above Erlang B's bound, ${agents} agents`, of: `${predictive(agents)}, busy %`, atLeast: erlangBound(agents), unit: '%', mean: true },
      { name: `worst 24 h, ${agents} agents`, of: `${predictive(agents)}, worst 24 h %`, atMost: NUISANCE, unit: '%' },
      { name: `72 h in shifts, worst 24 h, ${agents} agents`, of: `${shifts(agents)}, worst 24 h %`, atMost: NUISANCE, unit: '%' },
      { name: `72 h in shifts, worst 30 days, ${agents} agents`, of: `${shifts(agents)}, worst 30 days %`, atMost: NUISANCE, unit: '%' },
    ]),
    ...eachDisturbed((disturbance, agents): Limit[] => [
      { name: `${disturbed(disturbance, agents)}: worst share`, of: `${disturbed(disturbance, agents)}, worst share %`, atMost: DISTURBED_NUISANCE, unit: '%' },
      { name: `${disturbed(disturbance, agents)}: back under ${NUISANCE} %`, of: `${disturbed(disturbance, agents)}, back after min`, atMost: BACK_MINUTES, unit: 'min' },
    ]).flat(),
  ],
};

/** Busy share, in percent, of a dialer that does not anticipate: at this share of nuisance calls, of calls that wait for nobody. */
function erlangBound(agents: number): number {
  const blocking = NUISANCE / 100;
  return (100 * (1 - blocking) * trafficForBlocking(agents, blocking)) / agents;
}

function eachDisturbed<T>(make: (disturbance: Disturbance, agents: number) => T): T[] {
  return DISTURBANCES.flatMap((disturbance) => DISTURBED_AGENTS.map((agents) => make(disturbance, agents)));
}
