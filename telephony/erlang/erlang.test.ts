import { describe, expect, it } from 'vitest';
import { agentsNeeded, averageSpeedOfAnswer, erlangA, erlangB, erlangC, occupancy, serversForBlocking, serviceLevel, trafficErlang, trafficForBlocking, withShrinkage } from './index.ts';
import { referenceRows } from './reference.fixture.ts';

const rows = referenceRows();

type Computed = Record<string, () => number>;

function erlangCRow(agents: number): Computed {
  const queue = { agents, trafficErlang: trafficErlang(100, 1800, 180), handleSeconds: 180 };
  const waits = (): number => erlangC(agents, queue.trafficErlang);
  return {
    'P(wait)': waits,
    waiting_probability: waits,
    immediate_answer_probability: () => 1 - waits(),
    service_level: () => serviceLevel(queue, 20),
    ASA_s: () => averageSpeedOfAnswer(queue),
    occupancy: () => occupancy(agents, queue.trafficErlang),
    traffic_erlang: () => queue.trafficErlang,
  };
}

const ten = { trafficErlang: trafficErlang(100, 1800, 180), handleSeconds: 180 };
const pool = { agents: 14, arrivalRate: 100 / 1800, handleTime: 180, patience: 300 };
const whitt = erlangA({ agents: 100, arrivalRate: 102, handleTime: 1, patience: 1, waitingPlaces: 200 });
const answeredWithin = (target: number): number => whitt.answeredWithin(target) / (1 - whitt.abandons);
const abandonedWithin = (target: number): number => whitt.abandonedWithin(target) / whitt.abandons;
const goal80 = (): number => agentsNeeded({ ...ten, serviceLevel: { share: 0.8, seconds: 20 }, maximumOccupancy: 0.85 });
const goal90 = (): number => agentsNeeded({ ...ten, serviceLevel: { share: 0.9, seconds: 20 }, maximumOccupancy: 0.85 });

/** What each published row is, in our formulas; rows that only a simulation can give are named below. */
const formulas: Record<string, Computed> = {
  ...Object.fromEntries([11, 12, 13, 14].map((agents) => [`ErlangC|calls=100/1800s aht=180s agents=${agents} threshold=20s`, erlangCRow(agents)])),
  'ErlangC|calls=100/1800s aht=180s SL>=0.8 in 20s maxocc=.85': { agents: goal80 },
  'ErlangC|same, shrinkage=.3': { agents_shrunk: () => withShrinkage(goal80(), 0.3) },
  'ErlangC|transactions=100 aht=3min asa=.33min interval=30min SL>=.8 maxocc=.85 shrinkage=.3': {
    ...erlangCRow(14),
    raw_positions: goal80,
    positions: () => withShrinkage(goal80(), 0.3),
    service_level: () => serviceLevel({ ...ten, agents: 14 }, 0.33 * 60),
  },
  'ErlangC|same but SL>=.9 (or maxocc=.7)': {
    ...erlangCRow(15),
    raw_positions: goal90,
    positions: () => withShrinkage(goal90(), 0.3),
    service_level: () => serviceLevel({ ...ten, agents: 15 }, 0.33 * 60),
  },
  'ErlangB|A=1 c=1': { blocking: () => erlangB(1, 1) },
  'ErlangB|A=1 c=2': { blocking: () => erlangB(2, 1) },
  'ErlangB|A=10 max_blocking=.02': { raw_positions: () => serversForBlocking(10, 0.02) },
  'ErlangB|A=10 max_blocking=.02 shrinkage=.3': { positions: () => withShrinkage(serversForBlocking(10, 0.02), 0.3) },
  'ErlangA|transactions=100/30min aht=3min patience=5min(exp) agents=14': {
    'P(wait)': () => erlangA(pool).waits,
    'P(abandon)': () => erlangA(pool).abandons,
    occupancy: () => erlangA(pool).occupancy,
    'ASA_all_min (=E[Q]/lambda)': () => erlangA(pool).queueLength.mean / pool.arrivalRate / 60,
  },
  'ErlangA|transactions=100/30min aht=3min patience=5min(exp) agents=14 threshold=20s': { service_level: () => erlangA(pool).answeredWithin(20) },
  'ErlangA|M/M/100/200+M lambda=102 mu=1 theta=1': {
    'P(W=0)': () => whitt.answeredAtOnce,
    'P(A)': () => whitt.abandons,
    'E[Q]': () => whitt.queueLength.mean,
    'Var(Q)': () => whitt.queueLength.variance,
    'E[N]': () => whitt.inSystem.mean,
    'E[W|S]': () => whitt.waitOfAnswered.mean,
    'Var(W|S)': () => whitt.waitOfAnswered.variance,
    'E[W|A]': () => whitt.waitOfAbandoned.mean,
    'Var(W|A)': () => whitt.waitOfAbandoned.variance,
    'P(W<=0.1|S)': () => answeredWithin(0.1),
    'P(W<=0.1|A)': () => abandonedWithin(0.1),
    'P(W<=0.2|S)': () => answeredWithin(0.2),
    'P(W<=0.2|A)': () => abandonedWithin(0.2),
  },
  'ErlangA|lambda=100 mu=1 theta=1: min s with P(A)<.05 and P(W<.1|S)>=.8': {
    servers: () => {
      for (let agents = 1; ; agents++) {
        const figures = erlangA({ agents, arrivalRate: 100, handleTime: 1, patience: 1 });
        if (figures.abandons < 0.05 && figures.answeredWithin(0.1) / (1 - figures.abandons) >= 0.8) return agents;
      }
    },
  },
  'ErlangC|calls=342/1800s aht=430s SL>=80% in 20s': {
    agents: () => agentsNeeded({ trafficErlang: trafficErlang(342, 1800, 430), handleSeconds: 430, serviceLevel: { share: 0.8, seconds: 20 } }),
  },
  'ErlangC|200 calls/60min aht=180s ASA<=120s': { agents: () => agentsNeeded({ ...ten, averageSpeedOfAnswerSeconds: 120 }) },
  'ErlangC|200 calls/60min aht=180s SL>=.8 in 60s': { agents: () => agentsNeeded({ ...ten, serviceLevel: { share: 0.8, seconds: 60 } }) },
  'occupancy|agents=23 A=20': { occupancy: () => occupancy(23, 20) },
  'ErlangC|A=10 agents=13 aht=180 threshold=20': { service_level: () => serviceLevel({ ...ten, agents: 13 }, 20) },
  'ErlangC|A=10 agents=14 aht=180 threshold=20': { service_level: () => serviceLevel({ ...ten, agents: 14 }, 20) },
};
const onlySimulated = new Set(['G/GI sim', 'M/GI sim', 'M/M/c sim', 'M/M/c+M sim', 'M/M/c/c+5 sim']);

describe.skipIf(!rows)('published values', () => {
  for (const { model, inputs, metric, published, tolerance } of (rows ?? []).filter(({ model }) => !onlySimulated.has(model)))
    it(`${model} ${inputs}: ${metric} = ${published}`, () => {
      const compute = formulas[`${model}|${inputs}`]?.[metric];
      if (!compute) throw new Error('no formula for this row');
      expect(Math.abs(compute() - published)).toBeLessThanOrEqual(tolerance + 1e-12);
    });
});

describe('large centres', () => {
  it('stays a probability and agrees between B, C and A', () => {
    for (const agents of [1, 10, 1_000, 100_000]) {
      const traffic = agents - Math.sqrt(agents) / 2;
      const waits = erlangC(agents, traffic);
      expect(waits).toBeGreaterThan(0);
      expect(waits).toBeLessThan(1);
      const patient = erlangA({ agents, arrivalRate: traffic, handleTime: 1, patience: Number.POSITIVE_INFINITY, waitingPlaces: 0 });
      expect(patient.blocked).toBeCloseTo(erlangB(agents, traffic), 10);
    }
  });

  it('becomes Erlang C when patience has no end', () => {
    const endless = erlangA({ agents: 12, arrivalRate: 8.4, handleTime: 1, patience: Number.POSITIVE_INFINITY });
    expect(endless.waits).toBeCloseTo(erlangC(12, 8.4), 10);
    expect(endless.waitOfAnswered.mean).toBeCloseTo(averageSpeedOfAnswer({ agents: 12, trafficErlang: 8.4, handleSeconds: 1 }), 10);
    expect(endless.answeredWithin(0.3)).toBeCloseTo(serviceLevel({ agents: 12, trafficErlang: 8.4, handleSeconds: 1 }, 0.3), 10);
  });

  it('answers or loses every call that enters, sooner or later', () => {
    const figures = erlangA({ agents: 5_000, arrivalRate: 5_200, handleTime: 1, patience: 0.7, waitingPlaces: 900 });
    expect(figures.answeredWithin(1e6) + figures.abandonedWithin(1e6)).toBeCloseTo(1, 9);
    expect(figures.abandonedWithin(1e6)).toBeCloseTo(figures.abandons, 9);
    expect(figures.answeredWithin(0)).toBeCloseTo(figures.answeredAtOnce, 9);
  });

  it('finds the traffic that is blocked so much', () => {
    for (const servers of [1, 10, 200, 20_000]) for (const blocking of [1e-6, 0.03, 0.9]) expect(erlangB(servers, trafficForBlocking(servers, blocking)) / blocking).toBeCloseTo(1, 8);
    // Busy shares at 3 %, as published for agents whose calls wait for nobody.
    for (const [agents, busy] of [[10, 0.536], [20, 0.679], [30, 0.746], [50, 0.814], [100, 0.881], [200, 0.926]] as const) expect(Math.abs((0.97 * trafficForBlocking(agents, 0.03)) / agents - busy)).toBeLessThan(0.001);
    expect(() => trafficForBlocking(0, 0.03)).toThrow('servers');
    expect(() => trafficForBlocking(3, 1)).toThrow('blocking');
  });

  it('names the wrong parameter', () => {
    expect(() => erlangB(1.5, 3)).toThrow('servers');
    expect(() => erlangC(3, -1)).toThrow('trafficErlang');
    expect(() => erlangA({ agents: 2, arrivalRate: 3, handleTime: 1, patience: Number.POSITIVE_INFINITY })).toThrow('no steady state');
    expect(() => agentsNeeded({ trafficErlang: 1, handleSeconds: 1 })).toThrow('goal');
  });
});
