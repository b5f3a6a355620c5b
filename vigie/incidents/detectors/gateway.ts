import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 5, holdSeconds: 60, clearSeconds: 60, severity: 2 }),
  /** A free gateway is suspicious when its site usually has so many calls in the window. */
  leastExpected: z.number().min(5).max(10_000).default(30),
  windowMinutes: z.number().min(1).max(240).default(10),
});

export interface GatewayFacts {
  gateways: {
    gateway: string; site: string; channels: number; busyChannels: number; refused: number;
    /** Since it last refused a call, seconds; null = it has not been seen to. */
    refusedSeconds: number | null;
    /** Since when no channel was busy, seconds; 0 = one is. */
    silentSeconds: number;
    /** Calls of its site in the window, as the same weekday and time usually has; null = not known, or closed. */
    expected: number | null;
  }[];
}

/** A gateway without a free channel refuses calls, but not at each instant: one hangs up, another comes. After each it counts as full for so long. */
const FULL_SECONDS = 30;

/** All channels of a gateway are busy, or none although calls are expected. */
export const gateway: Detector<z.output<typeof settings>, GatewayFacts> = {
  name: 'gateway', type: 'link-instability', settings,
  titleFr: 'Passerelle saturée ou muette', titleEn: 'Gateway full or silent',
  check: ({ gateways }, { leastExpected, windowMinutes }) => gateways.map(({ gateway: name, site, channels, busyChannels, refused, refusedSeconds, silentSeconds, expected }) => {
    const full = channels > 0 && (busyChannels >= channels || (refusedSeconds !== null && refusedSeconds <= FULL_SECONDS));
    const silent = busyChannels === 0 && silentSeconds >= windowMinutes * 60 && expected !== null && expected >= leastExpected;
    const usual = expected === null ? null : rounded(expected);
    return {
      key: name,
      firing: full || silent,
      evidence: {
        values: { gateway: name, site, channels, busyChannels, refused, silentSeconds: rounded(silentSeconds), expected: usual, full, silent },
        textFr: silent ? french`${name} : aucune voie occupée depuis ${Math.round(silentSeconds / 60)} minutes, ${usual} appels attendus en ${windowMinutes} minutes.` : `${name} : ${busyChannels} voies occupées sur ${channels} ; ${refused} appel(s) refusé(s) depuis le démarrage de l’automate.`,
        textEn: silent ? `${name}: no channel busy for ${Math.round(silentSeconds / 60)} minutes, ${usual} calls expected in ${windowMinutes} minutes.` : `${name}: ${busyChannels} of ${channels} channels busy; ${refused} call(s) refused since the core started.`,
      },
      affects: { sites: [site], components: [{ component: 'gateway', share: 1 }] },
    };
  }),
};
