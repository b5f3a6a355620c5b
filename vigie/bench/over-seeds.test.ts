import { expect, test } from 'vitest';
import { live, standardSetting } from '../../telephony/dialer/study/scenarios.ts';
import { overSeeds } from './over-seeds.ts';

test('threads live the seeds in their order, as one thread would', async () => {
  const figures = await overSeeds('test', 3, (seed) => ({ scenario: 'standard', studied: 'manual', agents: 3, seed }));
  expect(figures['talk min/h']).toEqual([1, 2, 3].map((seed) => live(standardSetting(3, seed), 'manual').talkMinutesPerHour));
  expect(Object.values(figures).map((values) => values.length)).toEqual([3, 3, 3, 3, 3, 3, 3]);
});
