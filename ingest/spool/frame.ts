import { z } from 'zod';
import { readCheckedLine } from './checked-lines.ts';

/**
 * One batch inside a segment. The segment itself holds nothing but rows, so that the engine's own
 * parser reads it as it stands; what belongs to the batches is in the `.sum` file beside it, one
 * {@link checkedLine} a frame: where the batch lies, the CRC-32 of its bytes (is it whole on disk?)
 * and their SHA-256 (is a repeated batch the same one?).
 */
export const frameSchema = z.object({
  batch: z.string(),
  offset: z.number().int().nonnegative(),
  bytes: z.number().int().positive(),
  /** Number of its first line in the segment, from 1. */
  line: z.number().int().positive(),
  lines: z.number().int().positive(),
  crc: z.number().int().nonnegative(),
  digest: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** Of a sender that repeats only its last batch: not kept in the registry. */
  sequential: z.boolean(),
});
export type Frame = z.infer<typeof frameSchema>;

/** The frames of a `.sum` file whose own line is whole. */
export function readFrames(sum: string): { frames: Frame[]; unreadable: number; damagedInside: boolean } {
  const frames: Frame[] = [];
  let unreadable = 0;
  let damagedInside = false;
  for (const line of sum.split('\n')) {
    if (line === '') continue;
    const parsed = frameSchema.safeParse(readCheckedLine(line));
    if (parsed.success) {
      frames.push(parsed.data);
      damagedInside ||= unreadable > 0;
    } else {
      unreadable += 1;
    }
  }
  return { frames, unreadable, damagedInside };
}
