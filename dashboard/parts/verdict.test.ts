import { expect, test } from 'vitest';
import { againstTarget } from './verdict.ts';

test.each([
  [0.8, 0.8, 'up', 'ok'], [0.79996, 0.8, 'up', 'warn'], [0.7, 0.8, 'up', 'warn'], [0.699, 0.8, 'up', 'bad'],
  [0.05, 0.05, 'down', 'ok'], [0.0501, 0.05, 'down', 'warn'], [0.2, 0.05, 'down', 'bad'],
  [null, 0.8, 'up', 'none'], [0.5, null, 'up', 'none'],
] as const)('%s against %s (%s) is %s', (value, target, better, verdict) => {
  expect(againstTarget(value, target, better, 0.1000001)).toBe(verdict);
});
