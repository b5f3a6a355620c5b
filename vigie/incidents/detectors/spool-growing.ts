import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 15, holdSeconds: 60, clearSeconds: 120, severity: 3 }),
  /** Of the spool's room; with less in it, growing is no trouble. */
  usedShare: z.number().gt(0).max(1).default(0.2),
  /** It was never smaller within this time. */
  growingMinutes: z.number().min(0.05).max(240).default(5),
});

export interface SpoolGrowingFacts {
  /** Which process's. */
  place: string;
  bytes: number;
  maximumBytes: number;
  rows: number;
  /** For how long it has not shrunk, seconds. */
  growingSeconds: number;
  /** Of the last write and the last load; '' = it worked. */
  writeError: string;
  loadError: string;
}

/** More comes in than is loaded, or nothing can be written. */
export const spoolGrowing: Detector<z.output<typeof settings>, SpoolGrowingFacts> = {
  name: 'spool-growing', type: 'data-late', settings,
  titleFr: 'File d’attente des données qui grossit', titleEn: 'The spool grows',
  check({ place, bytes, maximumBytes, rows, growingSeconds, writeError, loadError }, { usedShare, growingMinutes }) {
    const share = maximumBytes > 0 ? bytes / maximumBytes : 0;
    const [megabytes, room] = [rounded(bytes / 1e6), rounded(maximumBytes / 1e6)];
    const why = writeError || loadError;
    return [{
      key: place,
      firing: writeError !== '' || (share >= usedShare && growingSeconds >= growingMinutes * 60),
      evidence: {
        values: { place, bytes, maximumBytes, rows, growingSeconds: rounded(growingSeconds), writeError: writeError.slice(0, 500), loadError: loadError.slice(0, 500) },
        textFr: french`${rows} lignes attendent (${megabytes} Mo sur ${room}), sans diminuer depuis ${Math.round(growingSeconds / 60)} minutes.${why === '' ? '' : ` Dernière erreur : ${why.slice(0, 300)}`}`,
        textEn: `${rows} rows wait (${megabytes} of ${room} MB), not fewer for ${Math.round(growingSeconds / 60)} minutes.${why === '' ? '' : ` Last error: ${why.slice(0, 300)}`}`,
      },
      affects: { components: [{ component: 'data', share: writeError === '' ? 0.5 : 1 }] },
    }];
  },
};
