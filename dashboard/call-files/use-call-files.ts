'use client';
import { useCallback, useEffect } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useMounted } from '../parts/use-mounted.ts';
import { CALL_FILES, type CallFile } from './call-files-query.ts';

const LOOK_MS = 5000;

/** The files and where their contacts stand, looked at every five seconds while the page is seen. */
export function useCallFiles(): { files: CallFile[] | undefined; problem: Problem | null; look(): void } {
  const mounted = useMounted();
  const [{ data, error }, ask] = useQuery({ query: CALL_FILES, pause: !mounted });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useEffect(() => {
    const timer = setInterval(() => { if (document.visibilityState === 'visible') look(); }, LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);
  return { files: data?.callFiles, problem: data ? null : problemOf(error), look };
}
