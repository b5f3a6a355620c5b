/** How long a thread's event loop was held up. */
export interface LoopWatch { stop(): { longestMs: number; sharePercent: number } }

const EVERY_MS = 10;
const HELD_UP_MS = 100;

/** Watches the thread that calls it: the longest stall, and the part of the time that lay in stalls above 100 ms. */
export function watchLoop(): LoopWatch {
  const begun = performance.now();
  let last = begun;
  let longestMs = 0;
  let heldUpMs = 0;
  const look = (): void => {
    const now = performance.now();
    const lateMs = Math.max(0, now - last - EVERY_MS);
    last = now;
    longestMs = Math.max(longestMs, lateMs);
    if (lateMs > HELD_UP_MS) heldUpMs += lateMs;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    stop() {
      look();
      clearInterval(timer);
      return { longestMs, sharePercent: (100 * heldUpMs) / (performance.now() - begun) };
    },
  };
}
