import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 5, holdSeconds: 30, clearSeconds: 30, severity: 2 }),
  /** The core says something at least once in five seconds, even when nothing happens. */
  silenceSeconds: z.number().min(6).max(3600).default(20),
});

export interface LiveLostFacts { connected: boolean; silentSeconds: number }

/** The core's live stream is gone, or silent. */
export const liveLost: Detector<z.output<typeof settings>, LiveLostFacts> = {
  name: 'live-lost', type: 'service-stopped', settings,
  titleFr: 'État temps réel perdu', titleEn: 'The live state is lost',
  check({ connected, silentSeconds }, { silenceSeconds }) {
    const seconds = rounded(silentSeconds);
    return [{
      key: 'core',
      firing: !connected || silentSeconds > silenceSeconds,
      evidence: {
        values: { connected, silentSeconds: seconds },
        textFr: connected ? french`Dernier signal de l’automate il y a ${seconds} s.` : french`L’automate n’est plus joint ; dernier signal il y a ${seconds} s.`,
        textEn: connected ? `Last sign of the core ${seconds} s ago.` : `The core is not reached any more; its last sign was ${seconds} s ago.`,
      },
      affects: { components: [{ component: 'telephony', share: 1 }] },
    }];
  },
};
