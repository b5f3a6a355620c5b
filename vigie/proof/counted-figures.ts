import { noCounts, type MinuteCounts } from '../../telephony/centre/floor-counters.ts';
import type { KpiRow } from '../../warehouse/warehouse.ts';

/** The measures that can be made from the floor's counters. */
const FIGURES = {
  'queued': ({ queued }) => queued,
  'answered': ({ answered }) => answered,
  'answered-in-target': ({ answeredInTarget }) => answeredInTarget,
  'abandoned': ({ abandoned }) => abandoned,
  'short-abandoned': ({ shortAbandoned }) => shortAbandoned,
  'overflowed': ({ overflowed }) => overflowed,
  'no-agent': ({ noAgent }) => noAgent,
  'service-level': ({ answeredInTarget, queued }) => ratio(answeredInTarget, queued),
  'abandonment-rate': ({ abandoned, queued }) => ratio(abandoned, queued),
  'average-wait': ({ waitSeconds, queued }) => ratio(waitSeconds, queued),
  'average-talk': ({ talkSeconds, handled }) => ratio(talkSeconds, handled),
  'transfer-rate': ({ transferred, handled }) => ratio(transferred, handled),
} satisfies Record<string, (counts: MinuteCounts) => number | null>;

export const COUNTED_MEASURES: readonly string[] = Object.keys(FIGURES);

export function figuresOf(counts: MinuteCounts): KpiRow {
  return Object.fromEntries(Object.entries(FIGURES).map(([id, figure]) => [id, figure(counts)]));
}

/** The minutes of a range, added up. */
export function sumOf(minutes: ReadonlyMap<number, MinuteCounts> | undefined, fromMs: number, toMs: number): MinuteCounts {
  const sum = noCounts();
  for (const [minute, counts] of minutes ?? []) if (minute >= fromMs && minute < toMs) add(sum, counts);
  return sum;
}

function add(sum: MinuteCounts, counts: MinuteCounts): void {
  for (const [figure, value] of Object.entries(counts)) sum[figure as keyof MinuteCounts] += value;
}

function ratio(above: number, below: number): number | null {
  return below === 0 ? null : above / below;
}
