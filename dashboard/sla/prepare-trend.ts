import type { SlaAnswer } from './sla-query.ts';

export const TREND = ['mttd', 'mtta', 'mttr', 'incidents', 'breaches'] as const;
export interface TrendPoint { key: string; field: string; mttd: number | null; mtta: number | null; mttr: number | null; within: number; breaches: number }
export type Step = 'day' | 'week' | 'month';

/** Steps of which a chart holds some tens: incidents are few. */
export function stepOf(from: string, to: string): Step {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days <= 10 ? 'day' : days <= 200 ? 'week' : 'month';
}

const MINUTE_S = 60;
const HOUR_S = 3600;
const STEPS_S = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_S).concat([1, 2, 3, 6, 12, 24, 48, 96, 168].map((hours) => hours * HOUR_S));
const MOST_STEPS = 4;

/** Where the axis of a delay is marked: whole minutes or hours, at most four of them over zero, so that the longest fits. */
export function delayTicks(longestS: number): number[] {
  const step = STEPS_S.find((each) => longestS <= each * MOST_STEPS) ?? Math.ceil(longestS / MOST_STEPS / (168 * HOUR_S)) * 168 * HOUR_S;
  return Array.from({ length: Math.max(1, Math.ceil(longestS / step)) + 1 }, (_, at) => at * step);
}

export function prepareTrend(rows: SlaAnswer['rows']): TrendPoint[] {
  return rows.flatMap(({ keys: [key], values: [mttd = null, mtta = null, mttr = null, incidents = 0, breaches = 0] }) => (key ? [{
    key: key.value, field: key.field, mttd, mtta, mttr, breaches: breaches ?? 0, within: Math.max(0, (incidents ?? 0) - (breaches ?? 0)),
  }] : []));
}
