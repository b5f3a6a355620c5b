import { expect, test } from 'vitest';
import { parseFilter, spanFrom } from './past-filter.ts';

const filter = (search: string) => parseFilter((name) => new URLSearchParams(search).get(name));

test('filters come from the address; what makes no sense is none', () => {
  expect(filter('type=power&severity=MAJOR&state=unfinished&since=365')).toEqual({ type: 'power', severity: 'MAJOR', state: 'unfinished', span: '365' });
  expect(filter('severity=9&state=x&since=-1')).toEqual({ type: null, severity: null, state: 'closed', span: '90' });
});

test('a span is whole local days, today included', () => {
  expect(spanFrom('30', Date.parse('2026-11-23T15:00:00Z'), 'Africa/Douala')).toBe('2026-10-24T23:00:00.000Z');
  expect(spanFrom('30', Date.parse('2026-11-10T15:00:00Z'), 'Europe/Paris')).toBe('2026-10-11T22:00:00.000Z');
  expect(spanFrom('all', 0, 'UTC')).toBeNull();
});
