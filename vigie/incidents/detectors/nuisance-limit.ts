import { z } from 'zod';
import { french, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 15, holdSeconds: 60, clearSeconds: 300, reopenMinutes: 720, graceMinutes: 1440, severity: 3 }),
  /** With fewer persons reached, one more nuisance call would change everything. */
  leastReached: z.number().int().min(1).max(100_000).default(100),
});

export interface NuisanceLimitFacts {
  campaigns: { campaign: string; /** As people call it. */ name: string; tenant: string; limit: number; windows: { hours: number; nuisance: number; passed: number; share: number | null }[] }[];
}

/** A campaign's nuisance calls have reached its limit within one of its windows. */
export const nuisanceLimit: Detector<z.output<typeof settings>, NuisanceLimitFacts> = {
  name: 'nuisance-limit', type: 'nuisance-limit', settings,
  titleFr: 'Limite d’appels nuisibles atteinte', titleEn: 'Limit of nuisance calls reached',
  check: ({ campaigns }, { leastReached }) => campaigns.map(({ campaign, name, tenant, limit, windows }) => {
    const reached = windows.filter(({ nuisance, passed, share }) => share !== null && nuisance + passed >= leastReached && share >= limit);
    const worst = (reached.length > 0 ? reached : windows).reduce<(typeof windows)[number] | null>((most, window) => (most === null || (window.share ?? 0) > (most.share ?? 0) ? window : most), null);
    const percent = (share: number): number => Math.round(share * 1000) / 10;
    return {
      key: campaign, name,
      firing: reached.length > 0,
      evidence: {
        values: { campaign, tenant, limit, hours: worst?.hours ?? null, nuisance: worst?.nuisance ?? null, passed: worst?.passed ?? null, share: worst?.share ?? null },
        textFr: french`${name} : ${percent(worst?.share ?? 0)} % d’appels nuisibles sur ${worst?.hours ?? 0} h (${worst?.nuisance ?? 0} sur ${(worst?.nuisance ?? 0) + (worst?.passed ?? 0)}), limite ${percent(limit)} %.`,
        textEn: `${name}: ${percent(worst?.share ?? 0)} % nuisance calls in ${worst?.hours ?? 0} h (${worst?.nuisance ?? 0} of ${(worst?.nuisance ?? 0) + (worst?.passed ?? 0)}), the limit is ${percent(limit)} %.`,
      },
      affects: { tenants: [tenant] },
    };
  }),
};
