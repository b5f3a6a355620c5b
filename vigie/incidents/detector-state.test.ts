import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUIET, turnDetector, type DetectorState } from './detector-state.ts';

const HYSTERESIS = { holdSeconds: 30, clearSeconds: 60, reopenMinutes: 10 };
const SECOND = 1000;

/** Seen once a second; gives what happened and in which second. */
function live(seen: readonly boolean[], hysteresis = HYSTERESIS): string[] {
  let state: DetectorState = QUIET;
  const turns: string[] = [];
  for (const [second, firing] of seen.entries()) {
    const { state: next, turn } = turnDetector(state, firing, second * SECOND, hysteresis);
    state = next;
    if (turn) turns.push(`${second} ${turn}`);
  }
  return turns;
}
const times = (count: number, firing: boolean): boolean[] => Array.from({ length: count }, () => firing);

describe('hysteresis', () => {
  test('a condition counts when it has held, and is gone when it was away', () => {
    expect(live([...times(10, false), ...times(29, true), ...times(5, false), ...times(100, true), ...times(100, false)])).toEqual(['74 open', '204 cleared']);
  });

  test('back within the window it is the same incident, later a new one', () => {
    const spell = [...times(31, true), ...times(61, false)];
    expect(live([...spell, ...times(500, false), ...times(31, true)])).toEqual(['30 open', '91 cleared', '622 back']);
    expect(live([...spell, ...times(700, false), ...times(31, true)])).toEqual(['30 open', '91 cleared', '822 open']);
  });

  test('fifty flaps make one trouble, with less and less to tell of it', () => {
    const turns = live(Array.from({ length: 50 }, () => [...times(40, true), ...times(130, false)]).flat());
    expect(turns.filter((turn) => turn.endsWith('open'))).toHaveLength(1);
    expect(turns).toEqual(['30 open', '100 cleared', '200 back', '330 cleared', '370 back']);
  });

  test('whatever is seen and whatever the clock does: opened and cleared in turn, never two at once, never before it has held', () => {
    const spells = fc.array(fc.record({ firing: fc.boolean(), lookMs: fc.integer({ min: -5000, max: 120_000 }) }), { maxLength: 200 });
    const tuned = fc.record({ holdSeconds: fc.integer({ min: 0, max: 120 }), clearSeconds: fc.integer({ min: 0, max: 120 }), reopenMinutes: fc.integer({ min: 0, max: 60 }) });
    fc.assert(fc.property(spells, tuned, (seen, hysteresis) => {
      let [state, nowMs, running, runSinceMs, last]: [DetectorState, number, boolean, number, boolean | null] = [QUIET, 0, false, 0, null];
      for (const { firing, lookMs } of seen) {
        nowMs += lookMs;
        if (firing !== last || nowMs < runSinceMs) runSinceMs = nowMs;
        last = firing;
        const { state: next, turn, atMs } = turnDetector(state, firing, nowMs, hysteresis);
        state = next;
        if (turn === null) continue;
        expect(atMs).toBeLessThanOrEqual(nowMs);
        expect(turn === 'cleared').toBe(running);
        expect(turn === 'cleared').toBe(!firing);
        expect(nowMs - runSinceMs).toBeGreaterThanOrEqual((firing ? hysteresis.holdSeconds : hysteresis.clearSeconds) * SECOND);
        running = firing;
        expect(state.on).toBe(running);
      }
    }), { numRuns: 300 });
  });
});
