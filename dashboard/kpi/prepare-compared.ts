import { zoneOffsetMs } from '../url/local-date.ts';
import type { KpiAnswer } from './kpi-query.ts';

export interface Compared { fromMs: number; toMs: number; /** The earlier period was cut where the asked one stands now. */ partial: boolean; /** The history begins inside it or after it: the figures of before are too low. */ missing: boolean }

/** A night may pass its first hour without a call. */
const HOUR_MS = 3_600_000;

/** The compared period, null where nothing is compared. It is cut when it is shorter on the wall clock than the asked one. */
export function prepareCompared({ comparison, from, to, zone }: Pick<KpiAnswer, 'comparison' | 'from' | 'to' | 'zone'>, historyFrom: string | null): Compared | null {
  if (!comparison) return null;
  const wall = (instant: string) => Date.parse(instant) + zoneOffsetMs(Date.parse(instant), zone);
  const [asked, earlier] = [wall(to) - wall(from), wall(comparison.to) - wall(comparison.from)];
  // Months differ by days: only an end that is no midnight tells that a period was cut inside a day.
  const partial = earlier < asked && wall(comparison.to) % 86_400_000 !== wall(to) % 86_400_000;
  return { fromMs: Date.parse(comparison.from), toMs: Date.parse(comparison.to), partial, missing: historyFrom !== null && Date.parse(comparison.from) < Date.parse(historyFrom) - HOUR_MS };
}
