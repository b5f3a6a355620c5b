import type { CombinedError } from 'urql';

/** What kept an answer away, as a page tells it; the words stand under `parts.problem` and `parts.problemHint`. */
export type Problem = 'network' | 'unavailable' | 'timeout' | 'tooLarge' | 'gone' | 'elsewhere' | 'server';

const CODES: Record<string, Problem> = { UNAVAILABLE: 'unavailable', TIMEOUT: 'timeout', TOO_LARGE: 'tooLarge', GONE: 'gone', ELSEWHERE: 'elsewhere' };

/** Null = there is none. */
export function problemOf(error: Pick<CombinedError, 'networkError' | 'graphQLErrors'> | undefined): Problem | null {
  if (!error) return null;
  const codes = error.graphQLErrors.map(({ extensions }) => extensions['code']);
  const known = codes.find((code): code is string => typeof code === 'string' && Object.hasOwn(CODES, code));
  if (known !== undefined) return CODES[known] ?? 'server';
  return error.graphQLErrors.length > 0 ? 'server' : 'network';
}
