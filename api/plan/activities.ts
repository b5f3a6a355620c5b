import type { PlannedShift } from '../ports.ts';

/** A stretch of a planned shift. Epoch milliseconds. */
export interface PlannedActivity {
  kind: 'work' | 'pause';
  /** The planned pause's reason code, '' at work. */
  reason: string;
  fromMs: number;
  toMs: number;
}

/** One shift as stretches without holes, cut to a range. */
export interface ShiftActivities {
  fromMs: number;
  toMs: number;
  activities: PlannedActivity[];
}

/**
 * One agent's shifts cut to a range, each as work and pauses one after the other. Where two shifts or two pauses overlap,
 * the one that begins first is meant: no minute is planned twice.
 */
export function activitiesOf(shifts: readonly PlannedShift[], fromMs: number, toMs: number): ShiftActivities[] {
  const cut: ShiftActivities[] = [];
  let doneMs = fromMs;
  for (const shift of inOrder(shifts)) {
    const begin = Math.max(shift.fromMs, doneMs);
    const end = Math.min(shift.toMs, toMs);
    if (end <= begin) continue;
    const activities: PlannedActivity[] = [];
    let atMs = begin;
    const add = (kind: PlannedActivity['kind'], reason: string, untilMs: number): void => {
      if (untilMs > atMs) activities.push({ kind, reason, fromMs: atMs, toMs: untilMs });
      atMs = Math.max(atMs, untilMs);
    };
    for (const pause of inOrder(shift.pauses)) {
      add('work', '', Math.min(pause.fromMs, end));
      add('pause', pause.reason, Math.min(pause.toMs, end));
    }
    add('work', '', end);
    cut.push({ fromMs: begin, toMs: end, activities });
    doneMs = end;
  }
  return cut;
}

function inOrder<T extends { fromMs: number }>(stretches: readonly T[]): T[] {
  return stretches.toSorted((a, b) => a.fromMs - b.fromMs);
}
