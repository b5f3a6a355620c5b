'use client';
import { useLocale } from 'use-intl';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem-of.ts';
import { useKept } from '../parts/use-kept.ts';
import { useMounted } from '../parts/use-mounted.ts';
import { INCIDENT_TYPES, type Calendar, type Component, type IncidentType } from './catalogue-query.ts';

export interface Catalogue { /** Retired ones too. */ types: readonly IncidentType[]; components: readonly Component[]; calendars: readonly Calendar[]; loaded: boolean; problem: Problem | null; look(): void }

/** Types and components, asked once. */
export function useCatalogue(): Catalogue {
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const mounted = useMounted();
  const [{ data, error }, ask] = useQuery({ query: INCIDENT_TYPES, variables: { language }, pause: !mounted, requestPolicy: 'cache-first' });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const kept = useKept(data);
  return { types: kept?.incidentTypes ?? [], components: kept?.components ?? [], calendars: kept?.calendars ?? [], loaded: kept !== undefined, problem: problemOf(error), look };
}
