import type { SlaAnswer } from './sla-query.ts';

export interface CalendarCell { day: string; /** Weighted seconds; null = not yet. */ seconds: number | null; availability: number | null; /** 0 to 1, for the eye. */ heat: number }
export interface CalendarRow { component: string; cells: CalendarCell[]; seconds: number }

const DAY_S = 86_400;

/**
 * Outages by day of the components that had any, the worst first. `availability` and `outage-time` by component and day.
 * A minute must be seen beside a whole day, so the heat is by the logarithm.
 */
export function prepareCalendar(rows: SlaAnswer['rows']): { days: string[]; rows: CalendarRow[] } {
  const days = new Set<string>();
  const found = new Map<string, Map<string, CalendarCell>>();
  for (const { keys, values: [availability = null, seconds = null] } of rows) {
    const component = keys.find(({ field }) => field === 'component')?.value ?? '';
    const day = keys.find(({ field }) => field === 'day')?.value ?? '';
    days.add(day);
    const cells = found.get(component) ?? new Map<string, CalendarCell>();
    cells.set(day, { day, seconds: availability === null ? null : seconds, availability, heat: heatOf(seconds ?? 0) });
    found.set(component, cells);
  }
  const sorted = [...days].toSorted();
  const all = [...found].map(([component, cells]): CalendarRow => ({
    component, seconds: [...cells.values()].reduce((sum, cell) => sum + (cell.seconds ?? 0), 0),
    cells: sorted.map((day) => cells.get(day) ?? { day, seconds: null, availability: null, heat: 0 }),
  }));
  return { days: sorted, rows: all.filter(({ seconds }) => seconds > 0).toSorted((a, b) => b.seconds - a.seconds || (a.component < b.component ? -1 : 1)) };
}

function heatOf(seconds: number): number {
  return seconds <= 0 ? 0 : Math.min(1, 0.15 + 0.85 * (Math.log1p(seconds / 60) / Math.log1p(DAY_S / 60)));
}
