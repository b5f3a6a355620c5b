import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 300, holdSeconds: 0, clearSeconds: 0, graceMinutes: 360, severity: 3 }),
  /** A backup is made so often, and may take as long as the grace. */
  everyDays: z.number().min(0.01).max(365).default(3),
  graceHours: z.number().min(0).max(720).default(6),
});

export interface BackupOverdueFacts {
  folder: string;
  /** The newest file's name and age; null = the folder is empty. */
  newest: { name: string; ageHours: number } | null;
}

/** The newest backup is too old. */
export const backupOverdue: Detector<z.output<typeof settings>, BackupOverdueFacts> = {
  name: 'backup-overdue', type: 'backup-overdue', settings,
  titleFr: 'Sauvegarde en retard', titleEn: 'Backup overdue',
  check({ folder, newest }, { everyDays, graceHours }) {
    const age = newest === null ? null : rounded(newest.ageHours);
    return [{
      key: 'backup',
      firing: newest === null || newest.ageHours > everyDays * 24 + graceHours,
      evidence: {
        values: { folder, newest: newest?.name ?? null, ageHours: age, everyDays, graceHours },
        textFr: newest === null ? `Aucune sauvegarde dans ${folder}.` : french`Dernière sauvegarde (${newest.name}) il y a ${age} h ; une tous les ${everyDays} jours est attendue.`,
        textEn: newest === null ? `No backup in ${folder}.` : `The newest backup (${newest.name}) is ${age} h old; one is due every ${everyDays} days.`,
      },
      affects: { components: [{ component: 'data', share: 0.1 }] },
    }];
  },
};
