import type { Frame } from './frame.ts';

/** How a segment's load ended; the lines' numbers are needed where it holds several batches. */
export interface SegmentOutcome { leftOut: number; quarantined: number; quarantinedLines: readonly number[] }
export interface BatchCounts { accepted: number; quarantined: number }

/**
 * Divides a segment's counts over its batches: every line lies in one batch. Rows that the mapping
 * leaves out are known for the segment only; the mappings for streams leave nothing out.
 */
export function countBatches(frames: readonly Frame[], outcome: SegmentOutcome): BatchCounts[] {
  const [only] = frames;
  if (only && frames.length === 1) return [{ accepted: only.lines - outcome.quarantined - outcome.leftOut, quarantined: outcome.quarantined }];
  const quarantined = frames.map(() => 0);
  for (const line of outcome.quarantinedLines) {
    const index = frameOf(frames, line);
    quarantined[index] = (quarantined[index] ?? 0) + 1;
  }
  return frames.map(({ lines }, index) => ({ accepted: lines - (quarantined[index] ?? 0), quarantined: quarantined[index] ?? 0 }));
}

/** Index of the last frame that begins at or before the line. */
function frameOf(frames: readonly Frame[], line: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}
