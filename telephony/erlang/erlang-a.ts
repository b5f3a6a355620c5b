import { requireCount, requirePositive } from './require.ts';

/** M/M/n/n+K+M: Poisson calls, exponential handling and patience, `agents` servers, K waiting places. Any unit of time, the same everywhere. */
export interface ErlangAQueue {
  agents: number;
  /** Calls per unit of time. */
  arrivalRate: number;
  /** Mean handling time. */
  handleTime: number;
  /** Mean patience; Infinity = nobody hangs up (then the traffic must be below the agents, or the places limited). */
  patience: number;
  /** Calls that may wait; a call that finds them taken is blocked. Default: no limit. */
  waitingPlaces?: number;
}

export interface ErlangAFigures {
  /** Of the calls that arrive: share refused because all waiting places are taken. */
  blocked: number;
  /** Of the calls that enter: shares that are answered at once, wait, hang up. */
  answeredAtOnce: number;
  waits: number;
  abandons: number;
  occupancy: number;
  /** Calls waiting, and calls in the system, over time. */
  queueLength: Moments;
  inSystem: Moments;
  /** Waits, of the calls answered and of those that hang up. */
  waitOfAnswered: Moments;
  waitOfAbandoned: Moments;
  /** Share of the entering calls answered within `target`, and hung up within it. */
  answeredWithin(target: number): number;
  abandonedWithin(target: number): number;
}

export interface Moments {
  mean: number;
  variance: number;
}

/** States whose weight is below this share of the heaviest one are left out. */
const NEGLIGIBLE = 1e-18;

/**
 * Erlang A, exactly, from the stationary distribution of the number of calls in the system. Weights are
 * taken relative to the heaviest state, so that thousands of agents neither overflow nor vanish.
 *
 * Waits: a call that finds j waiting is answered with probability nμ / (nμ + (j+1)θ), and its wait, given
 * that, is a sum of exponentials of rates nμ + iθ, i = 1 … j+1 (Whitt, *Engineering solution of a basic
 * call-center model*, 2005); e^(−θ·wait) is then Beta distributed, which gives the distribution in closed form.
 */
export function erlangA(queue: ErlangAQueue): ErlangAFigures {
  const { agents, arrivalRate, handleTime, patience, waitingPlaces = Number.POSITIVE_INFINITY } = queue;
  requireCount('agents', agents);
  requirePositive('agents', agents);
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('handleTime', handleTime);
  if (!(patience > 0)) throw new RangeError(`patience must be above 0, not ${patience}`);
  if (waitingPlaces !== Number.POSITIVE_INFINITY) requireCount('waitingPlaces', waitingPlaces);
  if (patience === Number.POSITIVE_INFINITY && waitingPlaces === Number.POSITIVE_INFINITY && arrivalRate * handleTime >= agents)
    throw new RangeError(`${arrivalRate * handleTime} Erlang for ${agents} agents without abandonment has no steady state`);

  const impatience = 1 / patience;
  const serviceRate = agents / handleTime;
  const states = stationary(queue, impatience, waitingPlaces);
  const waiting = states.filter(({ calls }) => calls >= agents).map(({ calls, share }) => ({ ahead: calls - agents, share }));
  const full = waitingPlaces === Number.POSITIVE_INFINITY ? 0 : shareOf(states, agents + waitingPlaces);
  const entering = 1 - full;
  const enteringWaiting = waiting.filter(({ ahead }) => ahead < waitingPlaces).map(({ ahead, share }) => ({ ahead, share: share / entering }));

  const queueLength = moments(states.map(({ calls, share }) => ({ value: Math.max(0, calls - agents), share })));
  const waits = sum(enteringWaiting.map(({ share }) => share));
  const busy = sum(states.map(({ calls, share }) => Math.min(calls, agents) * share));
  const of = waitMoments(enteringWaiting, serviceRate, impatience, waits);
  return {
    blocked: full,
    answeredAtOnce: 1 - waits,
    waits,
    abandons: (impatience * queueLength.mean) / (arrivalRate * entering),
    occupancy: busy / agents,
    queueLength,
    inSystem: moments(states.map(({ calls, share }) => ({ value: calls, share }))),
    waitOfAnswered: of.answered,
    waitOfAbandoned: of.abandoned,
    answeredWithin: (target) => 1 - waits + within(enteringWaiting, serviceRate, impatience, target).answered,
    abandonedWithin: (target) => within(enteringWaiting, serviceRate, impatience, target).abandoned,
  };
}

interface State {
  calls: number;
  share: number;
}

function stationary({ agents, arrivalRate, handleTime }: ErlangAQueue, impatience: number, waitingPlaces: number): State[] {
  const leaveRate = (calls: number): number => Math.min(calls, agents) / handleTime + Math.max(0, calls - agents) * impatience;
  let heaviest = 0;
  // The weights grow exactly while calls arrive faster than they leave.
  while (heaviest < agents + waitingPlaces && leaveRate(heaviest + 1) < arrivalRate) heaviest += 1;

  const states: State[] = [{ calls: heaviest, share: 1 }];
  for (let calls = heaviest, weight = 1; calls > 0; calls--) {
    weight *= leaveRate(calls) / arrivalRate;
    if (weight < NEGLIGIBLE) break;
    states.unshift({ calls: calls - 1, share: weight });
  }
  for (let calls = heaviest, weight = 1; calls < agents + waitingPlaces; calls++) {
    weight *= arrivalRate / leaveRate(calls + 1);
    if (weight < NEGLIGIBLE) break;
    states.push({ calls: calls + 1, share: weight });
  }
  const total = sum(states.map(({ share }) => share));
  return states.map(({ calls, share }) => ({ calls, share: share / total }));
}

interface Waiting {
  ahead: number;
  share: number;
}

function waitMoments(waiting: Waiting[], serviceRate: number, impatience: number, waits: number): { answered: Moments; abandoned: Moments } {
  let [answered, answeredFirst, answeredSecond, abandonedFirst, abandonedSecond] = [1 - waits, 0, 0, 0, 0];
  let abandoned = 0;
  let [mean, variance, next] = [0, 0, 0];
  for (const { ahead, share } of waiting) {
    for (; next <= ahead; next++) {
      const stage = 1 / (serviceRate + (next + 1) * impatience);
      mean += stage;
      variance += stage * stage;
    }
    const served = serviceRate / (serviceRate + (ahead + 1) * impatience);
    const first = served * mean;
    const second = served * (variance + mean * mean);
    answered += share * served;
    answeredFirst += share * first;
    answeredSecond += share * second;
    if (impatience > 0) {
      // The density of hanging up at t is θ·P(still waiting at t): each moment follows from the one below.
      const lost = 1 - served;
      const lostFirst = lost / impatience - first;
      abandoned += share * lost;
      abandonedFirst += share * lostFirst;
      abandonedSecond += share * ((2 * lostFirst) / impatience - second);
    }
  }
  return { answered: fromSums(answered, answeredFirst, answeredSecond), abandoned: fromSums(abandoned, abandonedFirst, abandonedSecond) };
}

/** Shares of the calls that wait and are answered, or hang up, within the target. */
function within(waiting: Waiting[], serviceRate: number, impatience: number, target: number): { answered: number; abandoned: number } {
  const last = waiting.at(-1)?.ahead ?? -1;
  // Given "answered", the stages run at nμ + θ, nμ + 2θ …; the time until the turn comes runs at nμ, nμ + θ ….
  const answeredLater = survival(serviceRate + impatience, impatience, target, last);
  const turnLater = survival(serviceRate, impatience, target, last);
  let [answered, abandoned] = [0, 0];
  for (const { ahead, share } of waiting) {
    const answeredInTime = (serviceRate / (serviceRate + (ahead + 1) * impatience)) * (1 - (answeredLater[ahead] ?? 0));
    const overInTime = 1 - Math.exp(-impatience * target) * (turnLater[ahead] ?? 0);
    answered += share * answeredInTime;
    abandoned += share * (overInTime - answeredInTime);
  }
  return { answered, abandoned };
}

/**
 * P(sum of j+1 exponentials of rates r, r+θ, r+2θ … > t) for j = 0 … last. With x = e^(−θt) it is the
 * regularised incomplete beta function I_x(r/θ, j+1), a sum of positive terms; for θ = 0 the Poisson sum.
 */
function survival(rate: number, impatience: number, t: number, last: number): number[] {
  const result: number[] = [];
  const gone = -Math.expm1(-impatience * t);
  let logTerm = -rate * t;
  let total = 0;
  for (let j = 0; j <= last; j++) {
    total += Math.exp(logTerm);
    result.push(Math.min(1, total));
    const ratio = impatience > 0 ? (gone * (rate / impatience + j)) / (j + 1) : (rate * t) / (j + 1);
    logTerm += Math.log(ratio);
  }
  return result;
}

function fromSums(count: number, first: number, second: number): Moments {
  return { mean: first / count, variance: second / count - (first / count) ** 2 };
}

function moments(values: { value: number; share: number }[]): Moments {
  const mean = sum(values.map(({ value, share }) => value * share));
  return { mean, variance: sum(values.map(({ value, share }) => (value - mean) ** 2 * share)) };
}

function shareOf(states: State[], calls: number): number {
  return states.find((state) => state.calls === calls)?.share ?? 0;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
