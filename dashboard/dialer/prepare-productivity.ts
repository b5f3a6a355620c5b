import type { KpiKey } from '../kpi/kpi-query.ts';

export const CALL_MEASURES = ['passed', 'dial-average-talk', 'dial-argued', 'dial-positive', 'appointments'] as const;
/** Of the agents' whole time: a state belongs to an agent, not to a campaign. */
export const TIME_MEASURES = ['talk-minutes-per-hour', 'wait-between-calls'] as const;
export const COLUMNS = ['passed', 'talk-minutes-per-hour', 'wait-between-calls', 'dial-average-talk', 'dial-argued', 'dial-positive', 'appointments'] as const;
export type Column = (typeof COLUMNS)[number];

interface Answer { rows: { keys: KpiKey[]; values: (number | null)[] }[]; totals: { values: (number | null)[] } | null }
export interface ProductivityRow { key: KpiKey; values: Map<string, number | null> }

/** Both answers side by side, by their key; who had no call of the campaign is left out, and the most calls come first by agent, the clock by hour. */
export function prepareProductivity(calls: Answer, callMeasures: readonly string[], times: Answer | null, timeMeasures: readonly string[]): { rows: ProductivityRow[]; totals: Map<string, number | null> } {
  const timed = new Map(times?.rows.map((row) => [row.keys[0]?.value, row.values]));
  const rows = calls.rows.flatMap(({ keys: [key], values }): ProductivityRow[] => {
    if (!key || key.value === '' || !values.some((value) => value !== null && value !== 0)) return [];
    return [{ key, values: new Map([...named(callMeasures, values), ...named(timeMeasures, timed.get(key.value) ?? [])]) }];
  });
  const passed = ({ values }: ProductivityRow) => values.get('passed') ?? 0;
  return {
    rows: rows.toSorted((a, b) => (a.key.field === 'hour' ? Number(a.key.value) - Number(b.key.value) : passed(b) - passed(a))),
    totals: new Map([...named(callMeasures, calls.totals?.values ?? []), ...named(timeMeasures, times?.totals?.values ?? [])]),
  };
}

function named(ids: readonly string[], values: readonly (number | null)[]): [string, number | null][] {
  return ids.map((id, at) => [id, values[at] ?? null]);
}
