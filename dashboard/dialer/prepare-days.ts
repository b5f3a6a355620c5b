import type { KpiKey } from '../kpi/kpi-query.ts';
import { againstTarget, type Verdict } from '../parts/verdict.ts';
import { FEWEST_ANSWERS, NUISANCE_SLACK } from './prepare-campaigns.ts';

export const DAY_COLUMNS = ['dial-attempts', 'contact-rate', 'passed', 'nuisance-calls', 'nuisance-rate', 'dial-average-talk', 'dial-argued', 'dial-positive', 'dial-conversion', 'appointments'] as const;
export type DayColumn = (typeof DAY_COLUMNS)[number];

export interface DayRow { key: KpiKey; values: Map<string, number | null>; /** Of the day's nuisance rate. */ verdict: Verdict }

/** The days on which it dialed, the newest first, each with its nuisance rate's verdict against the limit of today. */
export function prepareDays(rows: readonly { keys: KpiKey[]; values: (number | null)[] }[], measures: readonly string[], limit: number): DayRow[] {
  return rows.flatMap(({ keys: [key], values: list }): DayRow[] => {
    const values = new Map(measures.map((id, at) => [id, list[at] ?? null]));
    if (!key || (values.get('dial-attempts') ?? 0) === 0) return [];
    const few = (values.get('passed') ?? 0) + (values.get('nuisance-calls') ?? 0) < FEWEST_ANSWERS;
    return [{ key, values, verdict: few ? 'none' : againstTarget(values.get('nuisance-rate') ?? null, limit, 'down', NUISANCE_SLACK) }];
  }).toSorted((a, b) => (a.key.value < b.key.value ? 1 : -1));
}
