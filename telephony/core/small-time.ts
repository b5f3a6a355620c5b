/**
 * V8 keeps whole numbers below 2^31 in the field itself, and any other number in a box of its own on
 * the heap: epoch milliseconds, and even a difference of two of them. With thousands of open calls
 * each box is one more miss of the processor's cache. So records keep durations as {@link small}
 * numbers, times as distances from the call's start, and what is left as two parts.
 */
const PART = 2 ** 30;
const PER_PART = 2 ** -30;

/** A duration of less than 24 days, as a number that needs no box. */
export function small(ms: number): number {
  return ms | 0;
}

/** First part of a time for {@link joined}. */
export function high(ms: number): number {
  return Math.floor(ms * PER_PART) | 0;
}

/** Second part of a time for {@link joined}. */
export function low(ms: number): number {
  // Not the remainder: V8 calls a function of C for that of large numbers.
  return (ms - Math.floor(ms * PER_PART) * PART) | 0;
}

/** The time that was taken apart, epoch ms. */
export function joined(highPart: number, lowPart: number): number {
  return highPart * PART + lowPart;
}
