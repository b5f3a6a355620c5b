'use client';
import { useLocale } from 'use-intl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useRange } from '../url/use-range.ts';
import { useZone } from '../url/use-zone.ts';
import { CALLS, type CallRow } from './calls-query.ts';
import type { CallsQuestion } from './question.ts';

interface State { key: string; rows: CallRow[]; total: number | null; cursor: string | null; more: boolean; problem: Problem | null; dataAt: string | null | undefined }

/** Calls page by page; a new question starts again, an answer to an old one is dropped. */
export function useCalls(question: CallsQuestion) {
  const client = useClient();
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const { zone, loaded } = useZone();
  const { from, to } = useRange('today');
  const key = loaded ? JSON.stringify({ from, to, zone, where: question.where, order: question.order, language }) : '';
  const [state, setState] = useState<State>({ key: '', rows: [], total: null, cursor: null, more: false, problem: null, dataAt: undefined });
  const busy = useRef('');
  const load = useCallback(async (after: string | null) => {
    if (key === '' || busy.current === `${key}${after}`) return;
    busy.current = `${key}${after}`;
    const { data, error } = await client.query(CALLS, { ...JSON.parse(key), after }, { requestPolicy: 'network-only' }).toPromise();
    if (busy.current !== `${key}${after}`) return;
    busy.current = '';
    setState((before) => {
      const rows = after !== null && before.key === key ? before.rows : [];
      if (!data || error) return { ...before, key, rows, problem: problemOf(error) ?? 'server' };
      const { edges, pageInfo, totalCount } = data.calls;
      return { key, rows: [...rows, ...edges.map(({ node }) => node)], total: totalCount, cursor: pageInfo.endCursor ?? null, more: pageInfo.hasNextPage, problem: null, dataAt: data.freshness.dataAt };
    });
  }, [client, key]);
  useEffect(() => { void load(null); }, [load]);
  return useMemo(() => {
    const current = state.key === key;
    return {
      rows: current ? state.rows : null, total: current ? state.total : null, problem: current ? state.problem : null, more: current && state.more, dataAt: state.dataAt,
      loadMore: () => { if (current && state.more && state.cursor) void load(state.cursor); },
      retry: () => void load(null),
    };
  }, [state, key, load]);
}
