import { ROW_DIMENSIONS } from '../../../warehouse/kpi/test-support/row-measures.ts';
import { INTERVALS, type Dimension, type Interval } from '../../../warehouse/warehouse.ts';
import { measuresBy, type Asked } from './both-engines.ts';

export const ZONES = ['Europe/Paris', 'America/Toronto', 'Australia/Sydney', 'Asia/Kathmandu', 'UTC', 'America/St_Johns', 'Africa/Douala'];
export const WHOLE = { from: '2023-10-27', to: '2024-04-23' };
/** Short intervals are for short ranges. */
const RANGES: Partial<Record<Interval, { from: string; to: string }>> = { '1min': { from: '2024-03-08', to: '2024-04-04' }, '5min': { from: '2024-02-27', to: '2024-04-23' } };

const NONE: readonly Dimension[] = [];
/** With an interval some dimensions are asked in pairs, which have the same measures: ClickHouse plans each question for a third of a second. */
const ALONE: readonly (readonly Dimension[])[] = [NONE, ...ROW_DIMENSIONS.map((dimension) => [dimension])];
const PAIRED: readonly (readonly Dimension[])[] = [NONE, ['queue'], ['team'], ['agent'], ['tenant', 'hour'], ['site', 'weekday'], ['campaign', 'medium']];

/** Every measure by an interval, or without one, and each dimension: together these ask all that can be asked by one of each. */
export function questions(interval: Interval | null): { dimensions: readonly Dimension[]; query: Asked }[] {
  const place = interval === null ? 0 : INTERVALS.indexOf(interval) + 1;
  return (interval === null ? ALONE : PAIRED).map((dimensions, index) => ({
    dimensions,
    query: {
      ...interval ? RANGES[interval] ?? WHOLE : WHOLE, zone: ZONES[(index + place) % ZONES.length] ?? '', measures: measuresBy(dimensions, interval),
      by: [...dimensions, ...interval ? [interval] : []], where: {}, totals: interval === null,
    },
  }));
}
