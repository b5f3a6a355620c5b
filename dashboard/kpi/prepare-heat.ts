import type { KpiAnswer } from './kpi-query.ts';

export interface HeatMap { hours: number[]; rows: { weekday: number; cells: { value: number | null; /** 0…1 between the lowest and the highest. */ heat: number }[] }[] }

/** Hour × weekday of one measure; hours that no day has are left out, a missing cell has no value. */
export function prepareHeat(answer: KpiAnswer, at: number): HeatMap {
  const values = new Map<string, number>();
  const hours = new Set<number>();
  for (const { keys, values: row } of answer.rows) {
    const hour = Number(keys.find(({ field }) => field === 'hour')?.value);
    const weekday = Number(keys.find(({ field }) => field === 'weekday')?.value);
    const value = row[at];
    if (value === null || value === undefined || Number.isNaN(hour) || Number.isNaN(weekday)) continue;
    hours.add(hour);
    values.set(`${weekday}/${hour}`, value);
  }
  const low = Math.min(...values.values());
  const span = Math.max(...values.values()) - low || 1;
  const first = Math.min(...hours);
  const columns = hours.size === 0 ? [] : Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
  return {
    hours: columns,
    rows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      cells: columns.map((hour) => {
        const value = values.get(`${weekday}/${hour}`) ?? null;
        return { value, heat: value === null ? 0 : (value - low) / span };
      }),
    })),
  };
}
