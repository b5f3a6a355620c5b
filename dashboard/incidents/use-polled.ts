'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useState } from 'react';
import { useQuery, type AnyVariables } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useKept } from '../parts/use-kept.ts';
import { useMounted } from '../parts/use-mounted.ts';

export interface Polled<Data> {
  /** The last answer; undefined = there was none yet. */
  data: Data | undefined;
  /** Beside an answer: it is of before. */
  problem: Problem | null;
  look(): void;
}

/** Asks again every `everyMs` while the page is seen, and when it is seen again. */
export function usePolled<Data, Variables extends AnyVariables>(query: TadaDocumentNode<Data, Variables>, variables: Variables, everyMs: number): Polled<Data> {
  const mounted = useMounted();
  const [{ data, error, fetching }, ask] = useQuery({ query, variables, pause: !mounted, requestPolicy: 'cache-and-network' });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useEffect(() => {
    const lookIfSeen = () => { if (document.visibilityState === 'visible') look(); };
    const timer = setInterval(lookIfSeen, everyMs);
    document.addEventListener('visibilitychange', lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }, [look, everyMs]);
  const kept = useKept(data);
  // While it is asked again, what went wrong before still stands.
  const [problem, setProblem] = useState<Problem | null>(null);
  const now = fetching ? problem : problemOf(error);
  if (now !== problem) setProblem(now);
  return { data: kept, problem: now, look };
}
