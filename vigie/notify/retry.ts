/** Greylisting wants minutes, a full mailbox hours: with these twelve attempts the last one is about six hours after the first. */
export const MOST_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
const FIRST_SILENCE_MS = 5_000;
const LONGEST_SILENCE_MS = 300_000;
/** Up to this share less, so that what failed together is not tried together. */
const JITTER = 0.25;

/** The pause after that many attempts at one notification; null = there is none any more. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number | null {
  return attempts >= MOST_ATTEMPTS ? null : withJitter(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1)), random);
}

/** The pause after a server could not be reached so many times in a row: short at first, five minutes at most, and for ever. */
export function silenceAfter(failures: number, random: () => number = Math.random): number {
  return withJitter(Math.min(LONGEST_SILENCE_MS, FIRST_SILENCE_MS * 2 ** (failures - 1)), random);
}

function withJitter(ms: number, random: () => number): number {
  return Math.round(ms * (1 - JITTER * random()));
}
