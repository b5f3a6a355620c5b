import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallbackTimer, RealClock, Timer, VirtualClock } from './clock.ts';

class Noting extends Timer {
  label: number;
  into: [number, number][];
  clock: VirtualClock;
  again: number[];

  constructor(label: number, clock: VirtualClock, into: [number, number][], again: number[] = []) {
    super();
    this.label = label;
    this.clock = clock;
    this.into = into;
    this.again = again;
  }

  override fire(): void {
    this.into.push([this.clock.nowMs(), this.label]);
    const delay = this.again.shift();
    if (delay !== undefined) this.clock.set(this, this.clock.nowMs() + delay);
  }
}

/** From the same millisecond to years, so that every level of the wheel is passed through. */
const delay = fc.oneof(fc.nat(5), fc.nat(2000), fc.nat(3_000_000), fc.nat(2_000_000_000), fc.integer({ min: 0, max: 90_000_000_000 }));
type Step = { kind: 'set'; timer: number; delay: number } | { kind: 'cancel'; timer: number } | { kind: 'run'; delay: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant<'set'>('set'), timer: fc.nat(9), delay }),
  fc.record({ kind: fc.constant<'cancel'>('cancel'), timer: fc.nat(9) }),
  fc.record({ kind: fc.constant<'run'>('run'), delay }),
);

test('fires what a sorted list would fire, in the same order', () => {
  const START = Date.UTC(2026, 0, 1) + 123;
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const clock = new VirtualClock(START);
    const fired: [number, number][] = [];
    const timers = Array.from({ length: 10 }, (_, i) => new Noting(i, clock, fired));
    const expected: [number, number][] = [];
    let planned: { at: number; order: number; label: number }[] = [];
    let nowMs = START;
    steps.forEach((entry, order) => {
      if (entry.kind === 'run') {
        nowMs += entry.delay;
        clock.run(nowMs);
        const due = planned.filter(({ at }) => at <= nowMs).sort((a, b) => a.at - b.at || a.order - b.order);
        expected.push(...due.map(({ at, label }): [number, number] => [at, label]));
        planned = planned.filter(({ at }) => at > nowMs);
        return;
      }
      const timer = timers[entry.timer];
      if (!timer) return;
      planned = planned.filter(({ label }) => label !== entry.timer);
      if (entry.kind === 'cancel') clock.cancel(timer);
      else {
        clock.set(timer, nowMs + entry.delay);
        planned.push({ at: nowMs + entry.delay, order, label: entry.timer });
      }
      expect(timer.isSet).toBe(entry.kind === 'set');
    });
    expect(fired).toEqual(expected);
    expect(clock.nowMs()).toBe(nowMs);
  }), { numRuns: 500, seed: 4 });
});

test('a timer that sets itself for now fires again in the same millisecond, after the others', () => {
  const clock = new VirtualClock(0);
  const fired: [number, number][] = [];
  clock.set(new Noting(1, clock, fired, [0, 10]), 5);
  clock.set(new Noting(2, clock, fired), 5);
  clock.run(100);
  expect(fired).toEqual([[5, 1], [5, 2], [5, 1], [15, 1]]);
});

test('a time in the past means now, a fraction the next millisecond', () => {
  const clock = new VirtualClock(1000);
  const fired: [number, number][] = [];
  clock.set(new Noting(1, clock, fired), 10);
  clock.set(new Noting(2, clock, fired), 1000.2);
  clock.run(2000);
  expect(fired).toEqual([[1000, 1], [1001, 2]]);
});

test('the real clock fires in time and not after it was stopped', async () => {
  const clock = new RealClock();
  const before = clock.nowMs();
  expect(Math.abs(before - Date.now())).toBeLessThan(5000);
  await new Promise<void>((resolve) => clock.set(new CallbackTimer(resolve), before + 30));
  expect(clock.nowMs()).toBeGreaterThanOrEqual(before + 30);
  let late = false;
  clock.set(new CallbackTimer(() => { late = true; }), clock.nowMs() + 5);
  clock.stop();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(late).toBe(false);
});
