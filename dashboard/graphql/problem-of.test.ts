import { CombinedError } from 'urql';
import { expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';

const coded = (code: string) => new CombinedError({ graphQLErrors: [{ message: 'x', extensions: { code } }] });

test('a problem is told by its code, a missing server by its silence', () => {
  expect(problemOf(undefined)).toBeNull();
  expect(['UNAVAILABLE', 'TIMEOUT', 'TOO_LARGE', 'ELSEWHERE', 'INTERNAL_SERVER_ERROR', '__proto__'].map((code) => problemOf(coded(code)))).toEqual(['unavailable', 'timeout', 'tooLarge', 'elsewhere', 'server', 'server']);
  expect(problemOf(new CombinedError({ networkError: new Error('refused') }))).toBe('network');
});
