'use client';
import { useLocale } from 'use-intl';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { SLA_NAMES } from './sla-query.ts';

/** Types and components by name, and what availability each component is meant to have. */
export function useNames() {
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const [{ data }] = useQuery({ query: SLA_NAMES, variables: { language } });
  return useMemo(() => {
    const types = new Map(data?.incidentTypes.map(({ slug, label }) => [slug, label]));
    const components = new Map(data?.components.map(({ slug, label }) => [slug, label]));
    const targets = new Map(data?.components.map(({ slug, availabilityTarget }) => [slug, availabilityTarget]));
    return { typeName: (slug: string) => types.get(slug) ?? slug, componentName: (slug: string) => components.get(slug) ?? slug, targetOf: (slug: string) => targets.get(slug) ?? null };
  }, [data]);
}
