import { expect, test } from 'vitest';
import { splitList, withPatch } from './use-params.ts';

test('a patch keeps the rest of the address and drops empty values', () => {
  expect(withPatch('?site=lille&queue=101', { queue: ['101', '102'], range: 'today' })).toBe('?site=lille&queue=101,102&range=today');
  expect(withPatch('?site=lille', { site: null })).toBe('');
  expect(withPatch('?site=lille', { site: [] })).toBe('');
  expect(withPatch('', { zone: 'Africa/Douala' })).toBe('?zone=Africa/Douala');
});

test('hostile values stay values', () => {
  const search = withPatch('', { caller: '"><script>&x=1' });
  expect(new URLSearchParams(search).get('caller')).toBe('"><script>&x=1');
  expect([...new URLSearchParams(search).keys()]).toEqual(['caller']);
});

test('lists', () => {
  expect(splitList('a,,b')).toEqual(['a', 'b']);
  expect(splitList(null)).toEqual([]);
});
