'use client';
import type { ResultOf } from 'gql.tada';
import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useMinute } from '../parts/use-now.ts';
import { addDays, localDateAt } from '../url/local-date.ts';
import { useReference } from '../url/use-reference.ts';
import { useZone } from '../url/use-zone.ts';
import { CALL_MEASURES, prepareProductivity, TIME_MEASURES } from './prepare-productivity.ts';
import { PRODUCTIVITY } from './productivity-query.ts';

/** A running day grows. */
export const LOOK_MS = 60_000;

export interface Productivity { prepared: ReturnType<typeof prepareProductivity> | null; problem: Problem | null; retry: () => void }

/** A campaign's day by agent or by hour. Agents' time is that of the agents who had its calls. */
export function useProductivity(campaign: string, by: 'agent' | 'hour'): Productivity {
  const { zone, loaded } = useZone();
  const { measure, reference: { measures } } = useReference();
  const today = localDateAt(useMinute(), zone);
  const common = { from: today, to: addDays(today, 1), zone };
  const known = useMemo(() => ({ calls: CALL_MEASURES.filter((id) => measures.some((each) => each.id === id)), times: TIME_MEASURES.filter((id) => measures.some((each) => each.id === id)) }), [measures]);
  const asked = loaded && measure('passed') !== undefined;
  const ofCampaign = { ...common, measures: known.calls, where: [{ dimension: 'campaign' as const, ids: [campaign] }] };
  const [agents, askAgents] = useQuery({ query: PRODUCTIVITY, variables: { ...ofCampaign, by: ['agent'] }, pause: !asked });
  const [calls, ask] = useQuery({ query: PRODUCTIVITY, variables: { ...ofCampaign, by: [by] }, pause: !asked });
  const present = answerOf(agents.data)?.rows.flatMap(({ keys: [key], values }) => (key && key.value !== '' && values.some((value) => value !== null && value !== 0) ? [key.value] : [])).toSorted() ?? [];
  const timeless = !asked || present.length === 0 || known.times.length === 0;
  const [times, askTimes] = useQuery({ query: PRODUCTIVITY, variables: { ...common, measures: known.times, by: [by], where: [{ dimension: 'agent' as const, ids: present }] }, pause: timeless });
  const look = useCallback(() => {
    for (const again of [askAgents, ask, ...(timeless ? [] : [askTimes])]) again({ requestPolicy: 'network-only' });
  }, [askAgents, ask, askTimes, timeless]);
  useLookAgain(look, LOOK_MS, !asked);
  const called = answerOf(calls.data);
  const timed = answerOf(times.data);
  const prepared = useMemo(() => (called ? prepareProductivity(called, known.calls, timed, known.times) : null), [called, timed, known]);
  return { prepared, problem: called ? null : problemOf(calls.error) ?? (calls.data ? 'server' : null), retry: look };
}

function answerOf(data: ResultOf<typeof PRODUCTIVITY> | undefined) {
  return data?.kpi.__typename === 'Kpi' ? data.kpi : null;
}
