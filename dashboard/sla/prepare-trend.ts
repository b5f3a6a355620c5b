import type { SlaAnswer } from './sla-query.ts';

export const TREND = ['mttd', 'mtta', 'mttr', 'incidents', 'breaches'] as const;
export interface TrendPoint { key: string; field: string; mttd: number | null; mtta: number | null; mttr: number | null; within: number; breaches: number }
export type Step = 'day' | 'week' | 'month';

/** Steps of which a chart holds some tens: incidents are few. */
export function stepOf(from: string, to: string): Step {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days <= 10 ? 'day' : days <= 200 ? 'week' : 'month';
}

export function prepareTrend(rows: SlaAnswer['rows']): TrendPoint[] {
  return rows.flatMap(({ keys: [key], values: [mttd = null, mtta = null, mttr = null, incidents = 0, breaches = 0] }) => (key ? [{
    key: key.value, field: key.field, mttd, mtta, mttr, breaches: breaches ?? 0, within: Math.max(0, (incidents ?? 0) - (breaches ?? 0)),
  }] : []));
}
