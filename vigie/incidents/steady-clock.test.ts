import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSteadyClock } from './steady-clock.ts';

const NINE = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;

/** A machine whose clocks do what a test wants. */
function machine(): { wall: number; pass(ms: number): void; wallMs(): number; monotonicMs(): number } {
  let monotonic = 5000;
  const time = {
    wall: NINE,
    pass(ms: number) {
      time.wall += ms;
      monotonic += ms;
    },
    wallMs: () => time.wall,
    monotonicMs: () => monotonic,
  };
  return time;
}

describe('the steady clock', () => {
  test.each([['forwards', HOUR], ['backwards', -HOUR], ['by three seconds', 3000], ['by years', 20 * 365 * 24 * HOUR]])('tells a jump %s once, and goes on as time passes', (_, byMs) => {
    const time = machine();
    const clock = createSteadyClock(time);
    time.pass(60_000);
    expect(clock.look()).toBeNull();
    time.wall += byMs;
    time.pass(1000);
    expect(clock.look()).toEqual({ byMs, atMs: NINE + 61_000 });
    time.pass(HOUR);
    expect(clock.look()).toBeNull();
    expect(clock.nowMs()).toBe(NINE + 61_000 + HOUR);
  });

  test('a machine that was suspended has lost no time', () => {
    const time = machine();
    const clock = createSteadyClock(time);
    time.pass(8 * HOUR);
    expect(clock.look()).toBeNull();
    expect(clock.nowMs()).toBe(NINE + 8 * HOUR);
  });

  test("follows a time server's corrections, and never faster than one slews", () => {
    const time = machine();
    const clock = createSteadyClock(time);
    time.wall += 900;
    for (let second = 0; second < 600; second += 1) {
      time.pass(1000);
      expect(clock.look()).toBeNull();
    }
    expect(clock.nowMs()).toBeGreaterThan(NINE + 600_250);
    expect(clock.nowMs()).toBeLessThan(NINE + 600_350);
    for (let minute = 0; minute < 60; minute += 1) {
      time.pass(60_000);
      clock.look();
    }
    expect(clock.nowMs()).toBeCloseTo(time.wall, -1);
  });

  test('is never earlier than what is written down, and settles there when nothing runs', () => {
    const time = machine();
    const clock = createSteadyClock(time, NINE + HOUR);
    expect(clock.nowMs()).toBe(NINE + HOUR);
    expect(clock.look()).toBeNull();
    time.pass(HOUR / 2);
    expect(clock.nowMs()).toBe(NINE + 1.5 * HOUR);
    clock.settle();
    expect(clock.nowMs()).toBe(NINE + HOUR);
    time.pass(HOUR);
    clock.settle();
    expect(clock.nowMs()).toBe(NINE + 1.5 * HOUR);
    clock.notBefore(NINE + 2 * HOUR);
    expect(clock.nowMs()).toBe(NINE + 2 * HOUR);
    time.pass(1000);
    expect(clock.look()).toBeNull();
    expect(clock.nowMs()).toBe(NINE + 2 * HOUR + 1000);
  });

  test('whatever the wall does, the time that is measured is the time that passed', () => {
    const step = fc.record({ passMs: fc.integer({ min: 0, max: 120_000 }), jumpMs: fc.oneof(fc.constant(0), fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })) });
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const time = machine();
      const clock = createSteadyClock(time);
      let [passed, before] = [0, clock.nowMs()];
      for (const { passMs, jumpMs } of steps) {
        time.pass(passMs);
        time.wall += jumpMs;
        passed += passMs;
        clock.look();
        const now = clock.nowMs();
        expect(now).toBeGreaterThanOrEqual(before);
        expect(Math.abs(now - NINE - passed)).toBeLessThanOrEqual(passed * 0.0005 + 1);
        before = now;
      }
    }), { numRuns: 300 });
  });
});
