import { expect, test } from 'vitest';
import { meanOf, prepareHistory } from './prepare-history.ts';

const minute = (at: string, dialed: number, persons: number) => ({ at, dialed, persons, passed: persons, nuisance: 0, machines: 0, agents: 10, readyAgents: 2, lines: 12, talkSeconds: 400 });

test('an hour of whole minutes, with gaps where it did not dial; rates are those of the minutes around', () => {
  const points = prepareHistory([minute('2026-03-02T09:57:00Z', 10, 1), minute('2026-03-02T09:59:00Z', 30, 9)], Date.parse('2026-03-02T10:00:20Z'));
  expect(points).toHaveLength(60);
  expect(points.at(-1)).toEqual({ at: Date.parse('2026-03-02T09:59:00Z'), dialed: 30, answerShare: 10 / 40, nuisance: 0, readyAgents: 2, agents: 10 });
  expect(points.at(-2)).toMatchObject({ dialed: null, answerShare: null, readyAgents: null });
  expect(points.at(-3)).toMatchObject({ dialed: 10, answerShare: 0.1 });
  expect([meanOf(points, 'dialed'), meanOf([], 'dialed')]).toEqual([20, null]);
});
