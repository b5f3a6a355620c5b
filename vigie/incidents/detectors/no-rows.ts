import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 30, holdSeconds: 60, clearSeconds: 120, severity: 1 }),
  /** How long nothing may come. */
  windowMinutes: z.number().min(0.1).max(240).default(10),
  /** Calls that the same weekday and time usually has in the window; with fewer, none says nothing. */
  leastExpected: z.number().min(1).max(10_000).default(20),
});

export interface NoRowsFacts {
  tenants: {
    tenant: string;
    /** As people call it. */
    name: string;
    /** Calls that began in the window. */
    calls: number;
    /** The median of earlier weeks; null = not enough of them. */
    expected: number | null;
    /** Some queue of it takes calls for the whole window. */
    open: boolean;
  }[];
}

/** ODCalls rows are missing although calls are expected. */
export const noRows: Detector<z.output<typeof settings>, NoRowsFacts> = {
  name: 'no-rows', type: 'service-stopped', settings,
  titleFr: 'Plus aucun appel enregistré', titleEn: 'Calls are not recorded any more',
  check: ({ tenants }, { windowMinutes, leastExpected }) => tenants.map(({ tenant, name, calls, expected, open }) => ({
    key: tenant, name,
    firing: open && calls === 0 && expected !== null && expected >= leastExpected,
    evidence: {
      values: { tenant, windowMinutes, calls, expected: expected === null ? null : rounded(expected), open },
      textFr: french`${name} : ${calls} appel(s) enregistré(s) en ${windowMinutes} minutes, ${expected === null ? 'volume habituel inconnu' : french`${rounded(expected)} attendus à cette heure`}.`,
      textEn: `${name}: ${calls} call(s) recorded in ${windowMinutes} minutes, ${expected === null ? 'the usual volume is not known' : `${rounded(expected)} expected at this time`}.`,
    },
    affects: { tenants: [tenant], components: [{ component: 'hermes', share: 1 }] },
  })),
};
