'use client';
import { usePathname } from 'next/navigation';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { useLocale } from 'use-intl';
import type { Problem } from '../graphql/problem-of.ts';
import { useMounted } from '../parts/use-mounted.ts';
import { isOutside } from '../sign/is-outside.ts';
import { INCIDENT_STRIP, WARN_SHARES, type StripIncident } from './incident-query.ts';
import { usePolled } from './use-polled.ts';
import { useServerOffset } from './use-server-offset.ts';

const LOOK_MS = 5000;

export interface OpenIncidents {
  /** The gravest first; undefined = not known yet. */
  open: readonly StripIncident[] | undefined;
  /** The server's clock when it said so. */
  at: string | undefined;
  /** The server's clock minus ours. */
  offsetMs: number;
  /** Shares of the target at which a warning is given. */
  warnShares: readonly number[];
  /** Beside incidents: they are of before. */
  problem: Problem | null;
  look(): void;
}

const Open = createContext<OpenIncidents>({ open: undefined, at: undefined, offsetMs: 0, warnShares: [], problem: null, look: () => {} });

/**
 * The open incidents, asked once for everything that shows them. They are asked for rather than streamed: a browser keeps six
 * connections to a server, and with a stream of its own in every tab the fourth board would have none left.
 */
export function OpenIncidentsProvider({ children }: { children: ReactNode }) {
  return isOutside(usePathname()) ? children : <Asking>{children}</Asking>;
}

function Asking({ children }: { children: ReactNode }) {
  const mounted = useMounted();
  const { data, problem, look } = usePolled(INCIDENT_STRIP, {}, LOOK_MS);
  const [{ data: settings }] = useQuery({ query: WARN_SHARES, pause: !mounted, requestPolicy: 'cache-first' });
  const offsetMs = useServerOffset(data?.incidentStrip.at);
  const english = useLocale() !== 'fr';
  const open = useMemo(() => data?.incidentStrip.incidents.map((incident) => (english ? { ...incident, title: incident.titleEn } : incident)), [data, english]);
  const value = useMemo(() => ({ open, at: data?.incidentStrip.at, offsetMs, warnShares: settings?.incidentSettings?.warnShares ?? [], problem, look }), [open, data, settings, offsetMs, problem, look]);
  return <Open value={value}>{children}</Open>;
}

export function useOpenIncidents(): OpenIncidents {
  return useContext(Open);
}

/** Where warnings are given, as shares of the target; the last one is where a clock turns amber. */
export function useWarnShares(): { shares: readonly number[]; from: number } {
  const { warnShares } = useOpenIncidents();
  return { shares: warnShares, from: Math.max(0, ...warnShares) || 1 };
}
