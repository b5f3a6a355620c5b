import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 60, holdSeconds: 60, clearSeconds: 300, severity: 2 }),
  /** Free space below which the program is in danger. */
  leastFreeMb: z.number().min(1).max(10_000_000).default(1024),
  /** Or below this share of the disk, as long as that is less than ten times {@link leastFreeMb}. */
  leastFreeShare: z.number().min(0).max(1).default(0.03),
});

export interface DiskLowFacts { disks: { path: string; place: string; freeBytes: number; sizeBytes: number }[] }

/** The disk of the data directory, or of the warehouse, is nearly full. */
export const diskLow: Detector<z.output<typeof settings>, DiskLowFacts> = {
  name: 'disk-low', type: 'hmp-space', settings,
  titleFr: 'Espace disque faible', titleEn: 'Disk space is low',
  check: ({ disks }, { leastFreeMb, leastFreeShare }) => disks.map(({ path, place, freeBytes, sizeBytes }) => {
    const least = leastFreeMb * 1e6;
    const share = sizeBytes > 0 ? freeBytes / sizeBytes : 0;
    const [free, size] = [rounded(freeBytes / 1e9), rounded(sizeBytes / 1e9)];
    return {
      key: place,
      firing: freeBytes < least || (share < leastFreeShare && freeBytes < 10 * least),
      evidence: {
        values: { path, place, freeBytes, sizeBytes, freeShare: Math.round(share * 1000) / 1000 },
        textFr: french`${path} : ${free} Go libres sur ${size} (${Math.round(share * 100)} %).`,
        textEn: `${path}: ${free} of ${size} GB free (${Math.round(share * 100)} %).`,
      },
      affects: { components: [{ component: 'hmp-storage', share: 0.5 }] },
    };
  }),
};
