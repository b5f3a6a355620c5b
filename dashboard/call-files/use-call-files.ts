'use client';
import { useCallback, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useKept } from '../parts/use-kept.ts';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useMounted } from '../parts/use-mounted.ts';
import { CALL_FILES, type CallFile } from './call-files-query.ts';

const LOOK_MS = 5000;

export interface CallFilesState {
  files: CallFile[] | undefined;
  /** Beside files: they are of before. */
  problem: Problem | null;
  /** When the server last said so. */
  saidAt: string | undefined;
  look(): void;
}

/** The files and where their contacts stand, looked at every five seconds while the page is seen. */
export function useCallFiles(): CallFilesState {
  const mounted = useMounted();
  const [{ data, error }, ask] = useQuery({ query: CALL_FILES, pause: !mounted });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(look, LOOK_MS);
  const files = useKept(data?.callFiles);
  const [saidAt, setSaidAt] = useState<string>();
  useEffect(() => {
    if (!data) return undefined;
    const timer = setTimeout(() => setSaidAt(new Date().toISOString()));
    return () => clearTimeout(timer);
  }, [data]);
  return { files, problem: data ? null : problemOf(error), saidAt, look };
}
