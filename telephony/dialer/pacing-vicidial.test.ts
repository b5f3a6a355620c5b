import { expect, test } from 'vitest';
import { type PacingEvent, STANDARD_LIMITS } from './pacing.ts';
import { VicidialPacing } from './pacing-vicidial.ts';

test('too many drops of a day hold the level down until the day is over', () => {
  const pacing = new VicidialPacing({ method: 'HARD_LIMIT', target: 0, dropShare: 0.03, dayMs: 3_600_000 });
  const agents = Array.from({ length: 4 }, () => ({ state: 'ready' as const, sinceMs: 0 }));
  const levelAt = (nowMs: number, events: PacingEvent[] = []): number => pacing.decide({ nowMs, agents, dials: [], waiting: [], contactsLeft: 100, limits: STANDARD_LIMITS, events }).why.level;
  levelAt(0, Array.from({ length: 60 }, () => ({ kind: 'nuisance', atMs: 0 })));
  // The last minute has no drops any more, and agents are free.
  for (let second = 1; second < 100; second += 1) levelAt(second * 1000);
  expect(levelAt(3_599_000)).toBe(1);
  expect(levelAt(3_620_000)).toBeGreaterThan(1);
});
