import type { MinuteFlow } from './live-query.ts';

export interface MinutePoint { at: number; offered: number; answered: number; abandoned: number; /** The running minute is not complete. */ open: boolean }

/** Sixty minutes without holes, oldest first; a minute without calls is zero. */
export function prepareLastHour(flow: readonly MinuteFlow[], nowMs: number): { points: MinutePoint[]; sums: { offered: number; answered: number; abandoned: number } } {
  const byMinute = new Map(flow.map((minute) => [minuteOf(Date.parse(minute.at)), minute]));
  const last = minuteOf(nowMs);
  const points = Array.from({ length: 60 }, (_, index) => {
    const at = last - (59 - index) * 60_000;
    const minute = byMinute.get(at);
    return { at, offered: minute?.offered ?? 0, answered: minute?.answered ?? 0, abandoned: minute?.abandoned ?? 0, open: at === last };
  });
  const sum = (field: 'offered' | 'answered' | 'abandoned') => points.reduce((total, point) => total + point[field], 0);
  return { points, sums: { offered: sum('offered'), answered: sum('answered'), abandoned: sum('abandoned') } };
}

function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000;
}
