import { expect, test } from 'vitest';
import { stateVerdict, waitVerdict } from './thresholds.ts';

test.each([['talk', 599, 'ok'], ['talk', 600, 'warn'], ['talk', 900, 'bad'], ['ready', 99_999, 'none'], ['wrapup', 90, 'warn']] as const)('%s for %i s is %s', (state, seconds, verdict) => {
  expect(stateVerdict(state, seconds)).toBe(verdict);
});

test.each([[null, 'none'], [0.74, 'ok'], [0.75, 'warn'], [1, 'bad']] as const)('a wait of %s of its target is %s', (share, verdict) => {
  expect(waitVerdict(share)).toBe(verdict);
});
