import { expect, test } from 'vitest';
import { prepareLife } from './prepare-life.ts';

const at = (time: string) => `2026-03-02T${time}:00Z`;
const lived = { startedAt: null, detectedAt: at('10:00'), acknowledgedAt: at('10:05'), mitigatedAt: null, resolvedAt: null, closedAt: null };

test('the steps so far with the time since the detection, and those to come', () => {
  expect(prepareLife(lived).map(({ step, afterMs }) => [step, afterMs])).toEqual([['detected', null], ['acknowledged', 300_000], ['mitigated', null], ['resolved', null], ['closed', null]]);
});

test('a detour that nobody took is left out once service is back; a start that is known stands first', () => {
  expect(prepareLife({ ...lived, startedAt: at('09:50'), resolvedAt: at('10:30') }).map(({ step }) => step)).toEqual(['started', 'detected', 'acknowledged', 'resolved', 'closed']);
});
