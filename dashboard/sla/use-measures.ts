'use client';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useZone } from '../url/use-zone.ts';
import { SLA, type SlaAnswer } from './sla-query.ts';

const LOOK_MS = 60_000;

export interface Asked { measures: readonly string[]; by: string[]; from: string; to: string; compare?: boolean; /** Instead of the page's clients. */ tenant?: string[] }
export interface Measured {
  answer: SlaAnswer | undefined;
  problem: Problem | null;
  /** The answer is of before: the server did not answer since. */
  stale: boolean;
  retry(): void;
}

/** Measures of incidents with the page's filters, asked again each minute: what is not over counts up to now. */
export function useMeasures({ measures, by, from, to, compare = false, tenant }: Asked): Measured {
  const { zone, tenant: chosen, site, loaded } = useZone();
  const tenants = tenant ?? chosen;
  const where = [...tenants.length > 0 ? [{ dimension: 'tenant' as const, ids: tenants }] : [], ...site.length > 0 ? [{ dimension: 'site' as const, ids: site }] : []];
  const variables = { measures: [...measures], by, from, to, zone, where, compareTo: compare ? 'PREVIOUS_PERIOD' as const : null };
  const key = JSON.stringify(variables);
  const [{ data, error, fetching }, ask] = useQuery({ query: SLA, variables, pause: !loaded });
  const retry = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(retry, LOOK_MS, !loaded);
  // Kept with its question: it stands while the next one is asked, but never as the answer to it.
  const [last, setLast] = useState<{ key: string; answer: SlaAnswer | undefined; problem: Problem | null } | null>(null);
  const kpi = fetching ? undefined : data?.kpi;
  const got = kpi?.__typename === 'Kpi' ? kpi : undefined;
  const refused = kpi?.__typename === 'QueryTimeout' ? 'timeout' : kpi?.__typename === 'QueryTooLarge' ? 'tooLarge' : kpi?.__typename === 'InvalidQuery' ? 'server' : null;
  const problem = fetching || got ? null : problemOf(error) ?? refused;
  const next = (got ?? problem) ? { key, answer: got ?? (last?.key === key ? last.answer : undefined), problem } : last;
  if (next && (next.key !== last?.key || next.answer !== last.answer || next.problem !== last.problem)) setLast(next);
  const failed = next?.key === key ? next.problem : null;
  return { answer: next?.answer, problem: next?.answer ? null : failed, stale: next?.answer !== undefined && failed !== null, retry };
}
