'use client';
import { useLocale } from 'use-intl';
import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';
import { REFERENCE, type Measure, type Reference } from '../graphql/reference-query.ts';
import { useMounted } from '../parts/use-mounted.ts';

const EMPTY: Reference = { configurationMark: '', tenants: [], sites: [], teams: [], queues: [], campaigns: [], agents: [], pauseReasons: [], measures: [] };

export interface ReferenceState {
  reference: Reference;
  loaded: boolean;
  /** The server did not answer, and there is no earlier answer. */
  failed: boolean;
  retry(): void;
  measure(id: string): Measure | undefined;
}

/** Names and rules; empty until they are there. */
export function useReference(): ReferenceState {
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const mounted = useMounted();
  const [{ data, error }, ask] = useQuery({ query: REFERENCE, variables: { language }, pause: !mounted, requestPolicy: 'cache-first' });
  const retry = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  return useMemo(() => {
    const measures = new Map(data?.measures.map((measure) => [measure.id, measure]));
    return { reference: data ?? EMPTY, loaded: data !== undefined, failed: error !== undefined && data === undefined, retry, measure: (id) => measures.get(id) };
  }, [data, error, retry]);
}
