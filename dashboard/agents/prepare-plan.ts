import { round, type Frame } from './prepare-lanes.ts';
import type { Deviation, Planned } from './timeline-query.ts';

/** From here on a deviation is amber: a call that ran over a pause is not worth a word, five minutes are. */
const NOTABLE_SECONDS = 300;

export type PlanLook = 'work' | 'pause' | 'slight' | 'notable';
export interface PlanPath { look: PlanLook; path: string }

/** Who works through a pause will take it later: that is told, and never asks for anybody. */
export function isNotable({ kind, seconds }: Deviation): boolean {
  return kind !== 'WORKED_PAUSE' && seconds >= NOTABLE_SECONDS;
}

/** Top and bottom of each look in a box of 100: work is a bar, a pause a thread, a deviation stands above the line and leaves it to be read. */
const PLACE: Record<PlanLook, [top: number, bottom: number]> = { work: [60, 100], pause: [84, 100], slight: [28, 48], notable: [0, 48] };

/** The plan as one path per look, in the order of drawing. Units: a box of 1000 × 100. */
export function preparePlanPaths(planned: readonly Planned[], { startMs, endMs }: Frame): PlanPath[] {
  const paths: Record<PlanLook, string> = { work: '', pause: '', slight: '', notable: '' };
  const scale = 1000 / (endMs - startMs);
  const add = (look: PlanLook, from: string, to: string): void => {
    const [begin, end] = [Math.max(startMs, Date.parse(from)), Math.min(endMs, Date.parse(to))];
    if (end <= begin) return;
    const x = round((begin - startMs) * scale);
    const [top, bottom] = PLACE[look];
    paths[look] += `M${x} ${top}h${round((end - begin) * scale)}V${bottom}H${x}z`;
  };
  for (const { kind, startsAt, endsAt, deviations } of planned) {
    add(kind === 'WORK' ? 'work' : 'pause', startsAt, endsAt);
    for (const deviation of deviations) if (deviation.kind !== 'WORKED_PAUSE') add(isNotable(deviation) ? 'notable' : 'slight', deviation.startedAt, deviation.endedAt);
  }
  return (['work', 'pause', 'slight', 'notable'] as const).flatMap((look) => (paths[look] === '' ? [] : [{ look, path: paths[look] }]));
}

/** What is planned under a place on the lane, 0…1, and the deviation there. */
export function plannedAt(planned: readonly Planned[], { startMs, endMs }: Frame, share: number): { activity: Planned; deviation: Deviation | null } | null {
  const at = startMs + share * (endMs - startMs);
  const activity = planned.find(({ startsAt, endsAt }) => Date.parse(startsAt) <= at && at < Date.parse(endsAt));
  return activity ? { activity, deviation: activity.deviations.find(({ startedAt, endedAt }) => Date.parse(startedAt) <= at && at < Date.parse(endedAt)) ?? null } : null;
}

/** Begin and end of each shift: stretches that follow each other are one. */
export function prepareShifts(planned: readonly Planned[]): { startsAt: string; endsAt: string }[] {
  const shifts: { startsAt: string; endsAt: string }[] = [];
  for (const { startsAt, endsAt } of planned) {
    const last = shifts.at(-1);
    if (last?.endsAt === startsAt) last.endsAt = endsAt;
    else shifts.push({ startsAt, endsAt });
  }
  return shifts;
}
