'use client';
import { useMemo, useState } from 'react';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useAnswer } from '../graphql/use-answer.ts';
import { useMinute } from '../parts/use-now.ts';
import { useParams } from '../url/use-params.ts';
import { useRange } from '../url/use-range.ts';
import { useZone } from '../url/use-zone.ts';
import { KPI, type KpiAnswer, type KpiVariables } from './kpi-query.ts';
import { parseQuestion, toVariables, type Question } from './question.ts';

export interface KpiState {
  answer: KpiAnswer | null;
  /** Since when there is any data. */
  historyFrom: string | null;
  /** Asked again while an earlier answer is in view. */
  fetching: boolean;
  problem: { kind: Problem } | { kind: 'invalid'; message: string } | null;
  retry: () => void;
}

/** The question in the address and its answer. `by` overrides the question's groupings. */
export function useKpi(question: Question, by?: string[], pause = false): KpiState {
  const { zone, tenant, site, loaded } = useZone();
  const { from, to } = useRange('last-7');
  // A running day is compared up to the minute of the asking: kept with the question, or each minute would ask again.
  const asked = JSON.stringify([question, from, to, zone, tenant, site, by]);
  const minute = useMinute();
  const [held, setHeld] = useState({ asked, minute });
  if (held.asked !== asked || (held.minute === 0 && minute !== 0)) setHeld({ asked, minute });
  const variables = toVariables(question, { from, to, zone, tenant, site, now: minuteOf(held.minute) }, by);
  const { data, fetching, error, ask } = useAnswer({ query: KPI, variables, pause: pause || !loaded }, sameColumns);
  const result = data?.kpi;
  const known = problemOf(error) ?? (result?.__typename === 'QueryTimeout' ? 'timeout' : result?.__typename === 'QueryTooLarge' ? 'tooLarge' : null);
  return {
    answer: result?.__typename === 'Kpi' ? result : null,
    historyFrom: data?.freshness.historyFrom ?? null,
    fetching,
    problem: known ? { kind: known } : result?.__typename === 'InvalidQuery' ? { kind: 'invalid', message: result.message } : null,
    retry: () => ask({ requestPolicy: 'network-only' }),
  };
}

export function useQuestion(): Question {
  const { text } = useParams();
  return useMemo(() => parseQuestion(text), [text]);
}

/** Numbers of other measures or groups would stand under the wrong words. */
function sameColumns(asked: KpiVariables, answered: KpiVariables): boolean {
  return JSON.stringify([asked.measures, asked.by]) === JSON.stringify([answered.measures, answered.by]);
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}:00Z`;
}
