import { expect, test } from 'vitest';
import { parseRange } from '../url/range.ts';
import { lastMinutes } from './last-minutes.ts';

test('thirty minutes end with the running one, and the address understands them', () => {
  const text = lastMinutes(Date.parse('2026-03-02T10:00:59.999Z'), 30);
  expect(text).toBe('2026-03-02T09:31:00Z..2026-03-02T10:01:00Z');
  expect(parseRange(text, '2026-03-02', 'today')).toEqual({ name: 'custom', from: '2026-03-02T09:31:00Z', to: '2026-03-02T10:01:00Z' });
});
