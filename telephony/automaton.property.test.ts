import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OdActionsRow } from './rows.ts';
import { live, type Action, type Session } from './testing/random-floor.ts';

const action = fc.record<Action>({ what: fc.nat(19), who: fc.nat(5), which: fc.nat(29), waitMs: fc.oneof(fc.constant(0), fc.nat(1500), fc.nat(9000)) });

test('holds its invariants whatever happens', () => {
  const property = fc.property(fc.array(action, { maxLength: 150, size: 'max' }), (actions) => expectSound(live(actions)));
  expect(() => fc.assert(property, { numRuns: 60, seed: 20260105 })).not.toThrow();
});

/** Long enough that nothing may be missing: a run that never overflows proves nothing about overflows. */
test.each([1, 2, 3, 4])('a long run meets every situation and stays sound (%i)', (seed) => {
  const [actions = []] = fc.sample(fc.array(action, { minLength: 4000, maxLength: 4000, size: 'max' }), { numRuns: 1, seed });
  const session = live(actions);
  const missing = [
    're-route', 'overflow', 'blind transfer', 'consulted transfer', 'consultation answered', 'consultation cancelled', 'consultation ended', 'full gateway', 'agent hangs up',
    'caller hangs up: ivr', 'caller hangs up: waiting', 'caller hangs up: ringing', 'caller hangs up: talking', 'caller hangs up: held',
  ].filter((situation) => !session.seen.has(situation));
  expect(missing).toEqual([]);
  expectSound(session);
});

function expectSound(session: Session): void {
  session.finish();
  const { test: floor, broken, ended } = session;
  expect(broken).toEqual([]);
  const { automaton, media, rows } = floor;
  expect(automaton.openCalls).toBe(0);
  expect(media.occupation().map(({ busyChannels }) => busyChannels)).toEqual([0]);
  expect([...ended.values()].every((times) => times === 1)).toBe(true);
  expect(ended.size).toBe(automaton.counters.calls);
  expect(floor.calls().every((row) => row.Abandon !== null && row.EndReason > 0)).toBe(true);
  expect(floor.legs().every((leg) => leg.Outcome !== 'in-progress' && leg.LeftUniversalTime !== null)).toBe(true);
  for (let agent = 1; agent <= 6; agent += 1) expectSessionsAddUp(floor.actions(agent));
  const sequences = rows.map(({ row }) => row.Sequence);
  expect(sequences.every((sequence, i) => i === 0 || sequence > (sequences[i - 1] ?? 0))).toBe(true);
  expectCountersMatch(session);
}

/** From login to logout one state follows the other without gap or overlap. */
function expectSessionsAddUp(actions: readonly OdActionsRow[]): void {
  let atMs: number | null = null;
  for (const { State, ActionUniversalTimeString, Duration } of actions) {
    const startMs = parse(ActionUniversalTimeString);
    if (State !== 0) {
      expect(startMs).toBe(atMs);
      atMs = startMs + Duration;
    } else if (atMs === null) atMs = startMs;
    else {
      expect(startMs).toBe(atMs);
      atMs = null;
    }
  }
  expect(atMs).toBeNull();
}

/** The counters of the queues are the fates in the legs' rows. */
function expectCountersMatch({ test: floor }: Session): void {
  for (const queue of [101, 102, 103, 104]) {
    const legs = floor.legs().filter((leg) => leg.Queue === queue);
    const fate = (outcome: string): number => legs.filter((leg) => leg.Outcome === outcome).length;
    expect(floor.automaton.queueCounters(queue)).toMatchObject({
      answered: fate('answered'), abandoned: fate('abandoned'), overflowed: fate('overflowed'), noAgent: fate('no-agent'), rerouted: fate('rerouted'),
      queued: fate('answered') + fate('abandoned') + fate('overflowed') + fate('no-agent'),
    });
  }
}

function parse(text: string): number {
  const [, y, mo, d, h, mi, s, ms] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(text) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);
}
