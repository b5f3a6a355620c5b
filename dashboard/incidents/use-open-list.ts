'use client';
import { useLocale } from 'use-intl';
import type { Problem } from '../graphql/problem-of.ts';
import { OPEN_INCIDENTS, type OpenIncident } from './incident-query.ts';
import { useOpenIncidents } from './open-incidents.tsx';
import { usePolled } from './use-polled.ts';

const LOOK_MS = 5000;

/** The open incidents with all that their cards show. */
export function useOpenList(): { open: readonly OpenIncident[] | undefined; at: string | undefined; offsetMs: number; problem: Problem | null; look(): void } {
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const { data, problem, look } = usePolled(OPEN_INCIDENTS, { language }, LOOK_MS);
  const { offsetMs } = useOpenIncidents();
  return { open: data?.incidents.incidents, at: data?.incidents.at, offsetMs, problem, look };
}
