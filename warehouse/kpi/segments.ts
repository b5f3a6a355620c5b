import { QUARTER_MS } from './interval.ts';

export interface Segment { fromMs: number; toMs: number }

const DAY_MS = 86_400_000;

/**
 * Splits a range into what is read from a rollup (whole quarter-hours of closed UTC days) and what is read
 * from rows (all else). Neighbours are one segment, so an ordinary range has one of each.
 */
export function splitRange(fromMs: number, toMs: number, closedDays: ReadonlySet<string>): { rollup: Segment[]; rows: Segment[] } {
  const rollup: Segment[] = [];
  const rows: Segment[] = [];
  const first = Math.ceil(fromMs / QUARTER_MS) * QUARTER_MS;
  const last = Math.floor(toMs / QUARTER_MS) * QUARTER_MS;
  if (first >= last || closedDays.size === 0) return { rollup, rows: fromMs < toMs ? [{ fromMs, toMs }] : [] };
  append(rows, fromMs, first);
  for (let at = first; at < last;) {
    const end = Math.min(last, (Math.floor(at / DAY_MS) + 1) * DAY_MS);
    append(closedDays.has(utcDay(at)) ? rollup : rows, at, end);
    at = end;
  }
  append(rows, last, toMs);
  return { rollup, rows };
}

/** Splits what is read from rollups into whole UTC days, where `fits` says that one will do, and quarter-hours. */
export function splitDays(segments: readonly Segment[], fits: (fromMs: number, toMs: number) => boolean): { days: Segment[]; quarters: Segment[] } {
  const days: Segment[] = [];
  const quarters: Segment[] = [];
  for (const { fromMs, toMs } of segments) {
    for (let at = fromMs; at < toMs;) {
      const end = Math.min(toMs, (Math.floor(at / DAY_MS) + 1) * DAY_MS);
      append(end - at === DAY_MS && fits(at, end) ? days : quarters, at, end);
      at = end;
    }
  }
  return { days, quarters };
}

export function utcDay(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10);
}

function append(segments: Segment[], fromMs: number, toMs: number): void {
  if (fromMs >= toMs) return;
  const previous = segments.at(-1);
  if (previous?.toMs === fromMs) previous.toMs = toMs;
  else segments.push({ fromMs, toMs });
}
