import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONDITIONS, firstVerdict, judge, PATIENCE, type Condition } from './verdict.ts';

const MINUTE = 60_000;

/** One look every 15 seconds; gives what is told, and when, in seconds. */
function live(looks: readonly Condition[]): string[] {
  let verdict = firstVerdict(0);
  return looks.flatMap((condition, index) => {
    const nowMs = index * 15_000;
    const { verdict: next, tidings } = judge(verdict, { condition, reason: `${condition} seen` }, nowMs);
    verdict = next;
    return tidings ? [`${nowMs / 1000} ${tidings.kind}`] : [];
  });
}
const times = (count: number, condition: Condition): Condition[] => Array.from({ length: count }, () => condition);

describe('what is told', () => {
  test('down once, a reminder each hour, back once', () => {
    expect(live([...times(4, 'up'), ...times(500, 'down'), ...times(10, 'up')])).toEqual(['120 down', '3720 reminder', '7320 reminder', '7590 up']);
  });

  test('one look that fails is nothing, nor are two', () => {
    expect(live([...times(4, 'up'), 'down', 'up', 'down', 'down', 'up', 'blind', 'up', ...times(20, 'up')])).toEqual([]);
  });

  test('blind is told as blind, and when it goes down altogether', () => {
    expect(live([...times(2, 'up'), ...times(20, 'blind'), ...times(20, 'down'), ...times(10, 'up')])).toEqual(['150 blind', '390 down', '660 up']);
  });

  test('a start that is down, then blind, then down, is trouble without a break', () => {
    expect(live([...times(2, 'up'), 'blind', 'down', 'blind', 'blind', 'down', 'blind', 'down', 'down'])).toEqual(['90 down']);
  });

  test('whatever is seen: never the same condition twice in a row, reminders never too often, and back only when it was away', () => {
    fc.assert(fc.property(fc.array(fc.record({ condition: fc.constantFrom(...CONDITIONS), afterMs: fc.integer({ min: -10_000, max: 10 * MINUTE }) }), { maxLength: 200 }), (looks) => {
      let [verdict, nowMs, told, remindedAtMs]: [ReturnType<typeof firstVerdict>, number, Condition, number] = [firstVerdict(0), 0, 'up', 0];
      for (const { condition, afterMs } of looks) {
        nowMs += afterMs;
        const { verdict: next, tidings } = judge(verdict, { condition, reason: '' }, nowMs);
        verdict = next;
        if (!tidings) continue;
        const isReminder = tidings.kind === 'reminder';
        expect(isReminder ? nowMs - remindedAtMs : PATIENCE.remindMs).toBeGreaterThanOrEqual(PATIENCE.remindMs);
        expect(tidings.condition === told).toBe(isReminder);
        expect(tidings.lastedMs).toBeGreaterThanOrEqual(0);
        [told, remindedAtMs] = [tidings.condition, nowMs];
      }
    }), { numRuns: 300 });
  });
});
