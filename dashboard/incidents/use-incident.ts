'use client';
import { useLocale } from 'use-intl';
import type { Problem } from '../graphql/problem-of.ts';
import { useZone } from '../url/use-zone.ts';
import { INCIDENT, type IncidentDetails } from './incident-query.ts';
import { useOpenIncidents } from './open-incidents.tsx';
import { usePolled } from './use-polled.ts';

const LOOK_MS = 4000;

export interface IncidentState {
  /** Null = there is none in sight; undefined = not known yet. */
  incident: IncidentDetails | null | undefined;
  /** Of what was told before and is over, some is gone; null = all is there. */
  toldSince: string | null;
  offsetMs: number;
  problem: Problem | null;
  look(): void;
}

/** One incident with everything; what others do to it is seen within seconds. */
export function useIncident(number: number): IncidentState {
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const { zone } = useZone();
  const { data, problem, look } = usePolled(INCIDENT, { number, language, zone }, LOOK_MS);
  const { offsetMs } = useOpenIncidents();
  return { incident: data === undefined ? undefined : data.incident, toldSince: data?.notificationsSince ?? null, offsetMs, problem, look };
}
