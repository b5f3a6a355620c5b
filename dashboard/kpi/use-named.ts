'use client';
import { useLocale, useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { levelOf, SEVERITIES } from '../incidents/severity.tsx';
import { SLA_NAMES } from '../sla/sla-query.ts';
import type { KpiAnswer } from './kpi-query.ts';
import { withNames } from './prepare-names.ts';
import type { Question } from './question.ts';

/** The answer with the names of incident types, severities and components in the reader's language; they are asked for only where a question is by them. */
export function useNamed(answer: KpiAnswer | null, { groupings }: Question): KpiAnswer | null {
  const t = useTranslations('incidents');
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const [{ data }] = useQuery({ query: SLA_NAMES, variables: { language }, pause: !groupings.includes('incident-type') && !groupings.includes('component') });
  return useMemo(() => {
    const types = new Map(data?.incidentTypes.map(({ slug, label }) => [slug, label]));
    const components = new Map(data?.components.map(({ slug, label }) => [slug, label]));
    const severities = new Map(SEVERITIES.map((each) => [String(levelOf(each)), `${levelOf(each)} · ${t(`severity.${each}`)}`]));
    return answer && withNames(answer, new Map([['incident-type', (slug: string) => types.get(slug)], ['component', (slug: string) => components.get(slug)], ['severity', (level: string) => severities.get(level)]]));
  }, [answer, data, t]);
}
