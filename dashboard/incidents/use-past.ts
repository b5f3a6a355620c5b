'use client';
import { useLocale } from 'use-intl';
import { useCallback, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useKept } from '../parts/use-kept.ts';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useMinute } from '../parts/use-now.ts';
import { useZone } from '../url/use-zone.ts';
import { PAST_INCIDENTS, type PastIncident } from './incident-query.ts';
import { spanFrom, type PastFilter } from './past-filter.ts';

const PAGE = 50;
const LOOK_MS = 60_000;

export interface Past { incidents: readonly PastIncident[] | undefined; more: boolean; /** The next page is on its way. */ busy: boolean; /** What kept the next page away. */ moreProblem: Problem | null; problem: Problem | null; look(): void; onMore(): void }

/** What is over, page by page, the newest first. */
export function usePast({ type, severity, state, span }: PastFilter): Past {
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const client = useClient();
  const { zone, loaded } = useZone();
  const from = spanFrom(span, useMinute(), zone);
  const variables = { language, type, severity, from, first: PAGE, open: state === 'all' ? null : state === 'closed' ? false : null, unfinished: state === 'unfinished' };
  const key = JSON.stringify(variables);
  const [{ data, error }, ask] = useQuery({ query: PAST_INCIDENTS, variables: { ...variables, before: null }, pause: !loaded, requestPolicy: 'cache-and-network' });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(look, LOOK_MS, !loaded);
  const [asked, setAsked] = useState<{ key: string; busy: boolean; problem: Problem | null } | null>(null);
  const [further, setFurther] = useState<{ key: string; incidents: readonly PastIncident[]; before: number | null } | null>(null);
  const kept = useKept(data?.incidents);
  const added = further?.key === key ? further : null;
  const before = added ? added.before : (kept?.before ?? null);
  const known = new Set(kept?.incidents.map(({ number }) => number));
  const onMore = async () => {
    if (before === null || (asked?.key === key && asked.busy)) return;
    setAsked({ key, busy: true, problem: null });
    const { data: next, error: failed } = await client.query(PAST_INCIDENTS, { ...variables, before }, { requestPolicy: 'network-only' }).toPromise();
    setAsked({ key, busy: false, problem: problemOf(failed) });
    if (next) setFurther({ key, incidents: [...(added?.incidents ?? []), ...next.incidents.incidents], before: next.incidents.before });
  };
  return { incidents: kept && [...kept.incidents, ...(added?.incidents.filter(({ number }) => !known.has(number)) ?? [])], more: before !== null, busy: asked?.key === key && asked.busy, moreProblem: asked?.key === key ? asked.problem : null, problem: problemOf(error), look, onMore: () => void onMore() };
}

/** The one that was closed last; null = there never was one. */
export function useLastClosed(): PastIncident | null | undefined {
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const [{ data }] = useQuery({ query: PAST_INCIDENTS, variables: { language, open: false, unfinished: false, type: null, severity: null, from: null, before: null, first: 1 }, requestPolicy: 'cache-and-network' });
  return data === undefined ? undefined : (data.incidents.incidents[0] ?? null);
}
