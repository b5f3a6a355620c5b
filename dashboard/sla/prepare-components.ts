import { againstTarget, type Verdict } from '../parts/verdict.ts';
import type { SlaAnswer } from './sla-query.ts';

/** So fast may a budget of 30 days burn over a window before somebody should look, and act: 2 % of it in an hour, 5 % in six, 10 % in three days. */
export const WINDOWS = [{ id: '1h', hours: 1, limit: 14.4 }, { id: '6h', hours: 6, limit: 6 }, { id: '3d', hours: 72, limit: 1 }] as const;
export type WindowId = (typeof WINDOWS)[number]['id'];

export interface ComponentRow {
  component: string;
  availability: number | null;
  target: number | null;
  verdict: Verdict;
  outage: number;
  /** Left of the budget, 1 = all of it; below 0 it is overdrawn. */
  budget: number | null;
  budgetVerdict: Verdict;
  burn: { id: WindowId; value: number | null; verdict: Verdict }[];
}

const LITTLE_LEFT = 0.25;

/** Each component with its windows, those that had outages first. `rows`: availability, outage time and budget; `burns`: the burn rate by window. */
export function prepareComponents(rows: SlaAnswer['rows'], burns: ReadonlyMap<WindowId, SlaAnswer['rows']>, targetOf: (component: string) => number | null): ComponentRow[] {
  const nameOf = (row: SlaAnswer['rows'][number]): string => row.keys[0]?.value ?? '';
  return rows.map((row): ComponentRow => {
    const component = nameOf(row);
    const [availability = null, outage = 0, budget = null] = row.values;
    const target = targetOf(component);
    return {
      component, availability, target, verdict: againstTarget(availability, target, 'up', 1 - (target ?? 1)), outage: outage ?? 0,
      budget, budgetVerdict: budget === null ? 'none' : budget < 0 ? 'bad' : budget < LITTLE_LEFT ? 'warn' : 'ok',
      burn: WINDOWS.map(({ id, limit }) => {
        const value = burns.get(id)?.find((each) => nameOf(each) === component)?.values[0] ?? null;
        return { id, value, verdict: value === null || value < limit ? 'ok' : id === '3d' ? 'warn' : 'bad' };
      }),
    };
  }).toSorted((a, b) => b.outage - a.outage || (a.component < b.component ? -1 : 1));
}
