import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pacing, type PacingFloor, type PacingState, STANDARD_LIMITS } from './pacing.ts';
import { PredictivePacing } from './pacing-predictive.ts';
import { ProgressivePacing } from './pacing-progressive.ts';
import { VicidialPacing } from './pacing-vicidial.ts';

const PACINGS: [string, (state?: PacingState) => Pacing][] = [
  ['progressive', (state) => new ProgressivePacing(state)],
  ['vicidial', (state) => new VicidialPacing({ method: 'TAPERED', target: 0, dropShare: 0.03, dayMs: 36_000_000 }, state)],
  ['predictive', (state) => new PredictivePacing(state)],
];

const START_MS = Date.UTC(2026, 0, 5, 8);
const age = fc.integer({ min: 0, max: 2_000_000 });
const event = fc.oneof(
  fc.record({ kind: fc.constant('dialed' as const), result: fc.constantFrom('person' as const, 'machine' as const, 'busy' as const, 'invalid' as const, 'no-answer' as const, 'cancelled' as const), afterMs: fc.integer({ min: 0, max: 60_000 }) }),
  fc.record({ kind: fc.constant('passed' as const), waitedMs: fc.integer({ min: 0, max: 2_000 }) }),
  fc.record({ kind: fc.constant('nuisance' as const) }),
  fc.record({ kind: fc.constantFrom('talked' as const, 'wrapped' as const), ms: age }),
);
const second = fc.record({
  passedMs: fc.integer({ min: 0, max: 5_000 }),
  agents: fc.array(fc.record({ state: fc.constantFrom('ready' as const, 'talking' as const, 'wrapup' as const, 'busy' as const), age }), { maxLength: 30 }),
  dials: fc.array(fc.record({ age: fc.integer({ min: 0, max: 40_000 }), answered: fc.boolean() }), { maxLength: 80 }),
  waiting: fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 5 }),
  contactsLeft: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000_000 })),
  lines: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(STANDARD_LIMITS.lines)),
  events: fc.array(event, { maxLength: 60 }),
});
const life = fc.array(second, { minLength: 1, maxLength: 25 });

/** Anything a floor may look like, also what no floor should. */
function floors(seconds: ReturnType<typeof fc.sample<(typeof second extends fc.Arbitrary<infer T> ? T : never)>>): PacingFloor[] {
  let nowMs = START_MS;
  return seconds.map(({ passedMs, agents, dials, waiting, contactsLeft, lines, events }) => {
    nowMs += passedMs;
    return {
      nowMs,
      agents: agents.map(({ state, age }) => ({ state, sinceMs: nowMs - age })),
      dials: dials.map(({ age, answered }) => ({ startedMs: nowMs - age, answeredMs: answered ? nowMs - Math.floor(age / 2) : null })),
      waiting: waiting.map((ms) => ({ answeredMs: nowMs - ms })),
      contactsLeft,
      limits: { ...STANDARD_LIMITS, lines },
      events: events.map((each) => ({ ...each, atMs: nowMs })),
    };
  });
}

describe.each(PACINGS)('%s', (_, make) => {
  test('asks for what can be done and explains it, whatever the floor', () => {
    fc.assert(fc.property(life, (seconds) => {
      const pacing = make();
      for (const floor of floors(seconds)) {
        const { dial, cancel, why } = pacing.decide(floor);
        const talking = floor.agents.filter(({ state }) => state === 'talking').length;
        expect(Number.isInteger(dial) && dial >= 0 && Number.isInteger(cancel) && cancel >= 0).toBe(true);
        expect(dial).toBeLessThanOrEqual(floor.contactsLeft);
        expect(dial).toBeLessThanOrEqual(Math.max(0, floor.limits.lines - floor.dials.length - floor.waiting.length - talking));
        expect(dial === 0 || floor.agents.length > 0).toBe(true);
        expect(cancel).toBeLessThanOrEqual(floor.dials.filter(({ startedMs, answeredMs }) => answeredMs === null && floor.nowMs - startedMs >= STANDARD_LIMITS.minimumRingMs).length);
        const { bound, nuisance, ...numbers } = why;
        expect(bound).toMatch(/^[a-z-]+$/);
        expect(nuisance).toHaveLength(2);
        expect(Object.entries(numbers).filter(([, value]) => value !== null && !Number.isFinite(value))).toEqual([]);
      }
    }), { numRuns: 60 });
  });

  test('decides the same when asked again, and after its state was written down and read', () => {
    fc.assert(fc.property(life, (seconds) => {
      const [one, other] = [make(), make()];
      for (const floor of floors(seconds)) expect(one.decide(floor)).toEqual(other.decide(floor));
      const stored: PacingState = JSON.parse(JSON.stringify(one.state()));
      const [again, twin] = [make(stored), make(stored)];
      expect(again.state()).toEqual(twin.state());
      const quiet = floors(seconds).slice(-1).map((last) => ({ ...last, events: [] }));
      expect(quiet.map((floor) => again.decide(floor).why.nuisance)).toEqual(quiet.map((floor) => one.decide(floor).why.nuisance));
    }), { numRuns: 40 });
  });

  test('starts afresh from a state that is not its own', () => {
    expect.hasAssertions();
    for (const broken of [{ mode: 'progressive', version: 1, windows: 'x', answers: [1], agents: { talk: [-1] }, budget: 'much' }, { mode: 'vicidial', version: 9, level: 99 }] as const) {
      const seconds = floors(fc.sample(second, { numRuns: 5, seed: 3 }));
      const [from, fresh] = [make(broken), make()];
      expect(seconds.map((floor) => from.decide(floor))).toEqual(seconds.map((floor) => fresh.decide(floor)));
    }
  });
});
