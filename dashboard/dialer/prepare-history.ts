import type { DialingMinute } from './dialer-query.ts';

/** One minute of the charts; null = it did not dial then. */
export interface HistoryPoint { at: number; dialed: number | null; answerShare: number | null; nuisance: number | null; readyAgents: number | null; agents: number | null }
export type HistoryMeasure = Exclude<keyof HistoryPoint, 'at'>;

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** Answer rates of single minutes tremble: each is that of the minutes around it. */
const SMOOTHED = 5;

/** The hour that ends now, minute by minute, with gaps where the campaign did not dial. */
export function prepareHistory(history: readonly DialingMinute[], nowMs: number): HistoryPoint[] {
  const known = new Map(history.map((minute) => [floor(Date.parse(minute.at)), minute]));
  const last = floor(nowMs) - MINUTE_MS;
  return Array.from({ length: MINUTES }, (_, index) => {
    const at = last - (MINUTES - 1 - index) * MINUTE_MS;
    const minute = known.get(at);
    if (!minute) return { at, dialed: null, answerShare: null, nuisance: null, readyAgents: null, agents: null };
    const around = Array.from({ length: SMOOTHED }, (__, back) => known.get(at - back * MINUTE_MS)).filter((each) => each !== undefined);
    const dialed = sum(around, ({ dialed: count }) => count);
    return {
      at, dialed: minute.dialed, nuisance: minute.nuisance, readyAgents: minute.readyAgents, agents: minute.agents,
      answerShare: dialed === 0 ? null : sum(around, ({ persons }) => persons) / dialed,
    };
  });
}

/** Mean of what is known; null = nothing is. */
export function meanOf(points: readonly HistoryPoint[], id: HistoryMeasure): number | null {
  const values = points.flatMap((point) => point[id] ?? []);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function floor(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
