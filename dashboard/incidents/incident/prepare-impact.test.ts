import { expect, test } from 'vitest';
import { prepareImpact } from './prepare-impact.ts';

test('each figure is there, or says why it is not', () => {
  const parts = prepareImpact({ from: 'a', to: 'b', running: false, dataAt: null, calls: { offered: 80, expected: 100.5, lost: 20.5 }, callsGap: null, abandons: null, abandonsGap: 'NO_CALLS', agents: { loggedSeconds: 10, expectedSeconds: 70, lostSeconds: 60 }, agentsGap: null, serviceLevel: null, serviceLevelGap: null });
  expect(parts.map(({ id, figure, gap }) => [id, figure === null ? gap : 'there'])).toEqual([['lost', 'there'], ['abandons', 'NO_CALLS'], ['agents', 'there'], ['level', null]]);
  expect(parts[0]?.figure).toEqual({ id: 'lost', value: 20.5, offered: 80, expected: 100.5 });
});
