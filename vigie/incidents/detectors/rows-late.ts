import { z } from 'zod';
import { french, rounded, tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 15, holdSeconds: 60, clearSeconds: 120, severity: 3 }),
  /** Until what happens on the floor is in the warehouse. */
  limitSeconds: z.number().min(5).max(86_400).default(300),
  /** So many agents who changed their state within the limit prove that rows are due. */
  leastActive: z.number().int().min(1).max(1000).default(10),
});

export interface RowsLateFacts {
  /** Since the newest row's event. */
  ageSeconds: number | null;
  /** Agents who changed their state within the limit: each has made a row. */
  active: number;
  /** For how long agents have gone on changing their states since the last load. */
  unloadedSeconds: number;
  /** Age of the oldest row that waits to be loaded; null = the spool is another process's. */
  waitingSeconds: number | null;
}

/** Rows come, but late: what people look at is old. */
export const rowsLate: Detector<z.output<typeof settings>, RowsLateFacts> = {
  name: 'rows-late', type: 'data-late', settings,
  titleFr: 'Données en retard', titleEn: 'Data is late',
  check({ ageSeconds, active, unloadedSeconds, waitingSeconds }, { limitSeconds, leastActive }) {
    const old = ageSeconds !== null && ageSeconds > limitSeconds && active >= leastActive;
    const stopped = unloadedSeconds > limitSeconds;
    const waits = waitingSeconds !== null && waitingSeconds > limitSeconds;
    const [age = null, waiting = null] = [ageSeconds, waitingSeconds].map((seconds) => (seconds === null ? null : rounded(seconds)));
    return [{
      key: 'warehouse',
      firing: old || stopped || waits,
      evidence: {
        values: { ageSeconds: age, active, unloadedSeconds: rounded(unloadedSeconds), waitingSeconds: waiting, limitSeconds },
        textFr: french`${age === null ? 'Aucune donnée encore' : french`Dernière donnée il y a ${age} s`}${waiting === null ? '' : french`, la plus ancienne ligne en attente depuis ${waiting} s`} (limite ${limitSeconds} s).`,
        textEn: `${age === null ? 'No data yet' : `Newest data ${age} s ago`}${waiting === null ? '' : `, the oldest row waits for ${waiting} s`} (limit ${limitSeconds} s).`,
      },
      affects: { components: [{ component: 'warehouse', share: 0.5 }] },
    }];
  },
};
