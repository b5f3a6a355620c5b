'use client';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useKept } from '../parts/use-kept.ts';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useZone } from '../url/use-zone.ts';
import { SLA, type SlaAnswer } from './sla-query.ts';

const LOOK_MS = 60_000;

export interface Asked { measures: readonly string[]; by: string[]; from: string; to: string; compare?: boolean; /** Instead of the page's clients. */ tenant?: string[] }
export interface Measured { answer: SlaAnswer | undefined; problem: Problem | null; retry(): void }

/** Measures of incidents with the page's filters, asked again each minute: what is not over counts up to now. */
export function useMeasures({ measures, by, from, to, compare = false, tenant }: Asked): Measured {
  const { zone, tenant: chosen, site, loaded } = useZone();
  const tenants = tenant ?? chosen;
  const where = [...tenants.length > 0 ? [{ dimension: 'tenant' as const, ids: tenants }] : [], ...site.length > 0 ? [{ dimension: 'site' as const, ids: site }] : []];
  const [{ data, error }, ask] = useQuery({ query: SLA, variables: { measures: [...measures], by, from, to, zone, where, compareTo: compare ? 'PREVIOUS_PERIOD' : null }, pause: !loaded });
  const retry = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(retry, LOOK_MS, !loaded);
  const answer = useKept(data?.kpi.__typename === 'Kpi' ? data.kpi : undefined);
  const refused = data?.kpi.__typename === 'QueryTimeout' ? 'timeout' : data?.kpi.__typename === 'QueryTooLarge' ? 'tooLarge' : data?.kpi.__typename === 'InvalidQuery' ? 'server' : null;
  return { answer, problem: answer ? null : problemOf(error) ?? refused, retry };
}
