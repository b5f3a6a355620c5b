import { expect, test } from 'vitest';
import { SigningGate } from './signing-gate.ts';

test('guessing is stopped for a minute; a known link goes on, within its own limit', () => {
  let nowMs = 0;
  const gate = new SigningGate(() => nowMs);
  expect(gate.admits('good')).toBe(true);
  gate.knows('good');
  const guesses = Array.from({ length: 100 }, (_, index) => gate.admits(`guess ${index}`));
  expect(guesses.indexOf(false)).toBe(60);
  const uses = Array.from({ length: 100 }, () => gate.admits('good'));
  expect(uses.indexOf(false)).toBe(60);
  nowMs = 60_000;
  expect([gate.admits('guess'), gate.admits('good')]).toEqual([true, true]);
});
