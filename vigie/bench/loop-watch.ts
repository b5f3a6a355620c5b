import { existsSync, readFileSync } from 'node:fs';

/** How long a thread's event loop was held up. */
export interface LoopWatch {
  /**
   * The longest stall, and the part of the time that lay in stalls above 100 ms; both again without what the thread
   * waited for a processor (where the system tells: Linux), which other programs on the machine may have taken.
   */
  stop(): { longestMs: number; sharePercent: number; ownLongestMs: number; ownSharePercent: number };
}

const EVERY_MS = 10;
const HELD_UP_MS = 100;

/** Watches the thread that calls it. */
export function watchLoop(): LoopWatch {
  const begun = performance.now();
  const all = new Stalls();
  const own = new Stalls();
  let last = begun;
  let lastWaited = waitedMs();
  const look = (): void => {
    const now = performance.now();
    const waited = waitedMs();
    const lateMs = now - last - EVERY_MS;
    all.add(lateMs);
    own.add(lateMs - (waited - lastWaited));
    last = now;
    lastWaited = waited;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    stop() {
      look();
      clearInterval(timer);
      const share = (ms: number): number => (100 * ms) / (performance.now() - begun);
      return { longestMs: all.longestMs, sharePercent: share(all.heldUpMs), ownLongestMs: own.longestMs, ownSharePercent: share(own.heldUpMs) };
    },
  };
}

class Stalls {
  longestMs = 0;
  heldUpMs = 0;

  add(lateMs: number): void {
    this.longestMs = Math.max(this.longestMs, lateMs);
    if (lateMs > HELD_UP_MS) this.heldUpMs += lateMs;
  }
}

const SCHEDULER = '/proc/thread-self/schedstat';
const told = existsSync(SCHEDULER);

/** How long this thread was ready and had no processor, ms. */
function waitedMs(): number {
  return told ? Number(readFileSync(SCHEDULER, 'utf8').split(' ', 2)[1]) / 1e6 : 0;
}
