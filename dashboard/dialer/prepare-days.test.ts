import { expect, test } from 'vitest';
import { prepareDays } from './prepare-days.ts';

const day = (value: string, ...values: (number | null)[]) => ({ keys: [{ field: 'day', value, name: null }], values });
const MEASURES = ['dial-attempts', 'passed', 'nuisance-calls', 'nuisance-rate'];

test('days on which it dialed, the newest first; too few answers are not judged', () => {
  const days = prepareDays([day('2026-11-20', 900, 300, 8, 8 / 308), day('2026-11-21', 0, 0, 0, null), day('2026-11-23', 1000, 200, 20, 20 / 220), day('2026-11-22', 100, 9, 1, 0.1)], MEASURES, 0.03);
  expect(days.map(({ key, verdict }) => [key.value, verdict])).toEqual([['2026-11-23', 'bad'], ['2026-11-22', 'none'], ['2026-11-20', 'ok']]);
  expect(days[0]?.values.get('passed')).toBe(200);
});
