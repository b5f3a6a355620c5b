import type { KpiAnswer, KpiKey, KpiRow } from './kpi-query.ts';

export interface Series { id: string; keys: KpiKey[]; compared: boolean }
export interface ChartPoint { x: KpiKey; values: Record<string, number | null> }
export interface Chart {
  /** `time` is drawn as lines (a missing value is a gap), `groups` as bars. */
  kind: 'time' | 'groups';
  points: ChartPoint[];
  series: Series[];
  /** Series that were not drawn, so that the chart stays readable. */
  hidden: number;
}

const MOST_SERIES = 8;
/** Fields whose values have an order of their own. */
export const ORDERED = /min$|^(day|week|month|hour|weekday)$/;

/**
 * One measure over what the question is by: an interval, hour or weekday makes the axis, the other groupings the
 * series; with groupings only, the last of them makes the axis. The compared period is a series of its own.
 */
export function prepareChart(answer: KpiAnswer, at: number): Chart | null {
  const fields = answer.rows[0]?.keys.map(({ field }) => field) ?? [];
  if (fields.length === 0) return null;
  const axis = fields.find((field) => ORDERED.test(field)) ?? fields.at(-1) ?? '';
  const points = new Map<string, ChartPoint>();
  const series = new Map<string, Series & { weight: number }>();
  const add = (rows: readonly KpiRow[], compared: boolean) => {
    for (const row of rows) {
      const x = row.keys.find(({ field }) => field === axis);
      if (!x) continue;
      const keys = row.keys.filter(({ field }) => field !== axis);
      const id = `${compared ? 'before' : 'now'}:${keys.map(({ value }) => value).join('\u001f')}`;
      const value = row.values[at] ?? null;
      const point = points.get(x.value) ?? { x, values: {} };
      point.values[id] = value;
      points.set(x.value, point);
      const known = series.get(id) ?? { id, keys, compared, weight: 0 };
      known.weight += value === null ? 0 : 1;
      series.set(id, known);
    }
  };
  add(answer.rows, false);
  const current = [...series.values()];
  // The compared period is drawn where one series stands alone: with many, the lines could not be told apart.
  if (answer.comparison && current.length === 1) add(answer.comparison.rows, true);
  const shown = [...series.values()].filter(({ compared }) => !compared).toSorted((a, b) => b.weight - a.weight).slice(0, MOST_SERIES);
  const all = [...shown, ...[...series.values()].filter(({ compared }) => compared)].map(({ id, keys, compared }) => ({ id, keys, compared }));
  const sorted = [...points.values()];
  if (ORDERED.test(axis)) sorted.sort((a, b) => compareKeys(a.x, b.x));
  return { kind: ORDERED.test(axis) ? 'time' : 'groups', points: sorted, series: all, hidden: current.length - shown.length };
}

/** Hours and weekdays are numbers, dates and times sort as text (an offset's change keeps the day's order). */
export function compareKeys(a: KpiKey, b: KpiKey): number {
  if (a.field === 'hour' || a.field === 'weekday') return Number(a.value) - Number(b.value);
  if (a.field.endsWith('min')) return Date.parse(a.value) - Date.parse(b.value);
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
