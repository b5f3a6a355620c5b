import { FULL_SCOPE, type QueryOptions, type Warehouse } from '../../warehouse/warehouse.ts';
import type { PlannedShift } from '../ports.ts';
import type { Stretch } from './adherence.ts';

/** Agents' time is counted by quarter-hours. */
const STEP_MS = 15 * 60_000;

/**
 * When somebody was planned and nobody at all was logged in: the centre was not running, or its rows never came. Then
 * nothing can be said of anybody, and a zero would be wrong. Told in quarter-hours; those beside such a one
 * may be lived in part and count with it.
 *
 * @param shifts everybody's.
 * @param alive when somebody is known to be logged in though no row says so yet.
 */
export async function unlivedTimes(warehouse: Pick<Warehouse, 'kpi'>, shifts: readonly PlannedShift[], fromMs: number, toMs: number, nowMs: number, alive: readonly Stretch[], options: QueryOptions = {}): Promise<Stretch[]> {
  const first = Math.floor(fromMs / STEP_MS) - 1;
  const end = Math.ceil(toMs / STEP_MS) + 1;
  const instant = (step: number): string => new Date(step * STEP_MS).toISOString();
  const { rows } = await warehouse.kpi({ measures: ['logged-time'], by: ['15min'], from: instant(first), to: instant(end), zone: 'UTC', where: {} }, FULL_SCOPE, options);
  const lived = new Set(rows.flatMap((row) => (Number(row['logged-time']) > 0 ? [Math.floor(Date.parse(String(row['15min'])) / STEP_MS)] : [])));
  const planned = new Set<number>();
  const mark = (steps: Set<number>, stretches: readonly Stretch[]): void => {
    for (const stretch of stretches)
      for (let step = Math.max(first, Math.floor(stretch.fromMs / STEP_MS)); step < Math.min(end, Math.ceil(stretch.toMs / STEP_MS)); step += 1) steps.add(step);
  };
  mark(lived, alive);
  mark(planned, shifts);
  // What is still to come is not empty.
  const empty = (step: number): boolean => step * STEP_MS < nowMs && planned.has(step) && !lived.has(step);
  const unlived: Stretch[] = [];
  for (let step = first; step < end; step += 1) {
    if (![step - 1, step, step + 1].some(empty)) continue;
    const last = unlived.at(-1);
    if (last?.toMs === step * STEP_MS) last.toMs += STEP_MS;
    else unlived.push({ fromMs: step * STEP_MS, toMs: (step + 1) * STEP_MS });
  }
  return unlived;
}
