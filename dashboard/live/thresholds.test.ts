import { expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { stateLimit, stateVerdict, waitVerdict } from './thresholds.ts';

test.each([[599, 600, 'ok'], [600, 600, 'warn'], [900, 600, 'bad'], [99_999, null, 'none']] as const)('%i s against a limit of %s is %s', (seconds, limit, verdict) => {
  expect(stateVerdict(seconds, limit)).toBe(verdict);
});

test.each([
  ['talk', '101', '', 600], ['hold', '101', '', 90], ['ringing', '101', '', 10], ['wrapup', '101', '', 90],
  ['pause', '', 'cafe', 1200], ['pause', '', 'rona', 60], ['pause', '', 'unknown', null], ['talk', '999', '', null], ['ready', '101', '', null],
] as const)('%s of queue "%s", reason "%s": %s', (state, queue, pauseReason, limit) => {
  expect(stateLimit({ state, queue, pauseReason }, reference)).toBe(limit);
});

test.each([[null, 'none'], [0.74, 'ok'], [0.75, 'warn'], [1, 'bad']] as const)('a wait of %s of its target is %s', (share, verdict) => {
  expect(waitVerdict(share)).toBe(verdict);
});
