import { useEffect } from 'react';

/** Asks again from time to time while the page is seen. */
export function useLookAgain(look: () => void, everyMs: number, paused = false): void {
  useEffect(() => {
    if (paused) return undefined;
    const timer = setInterval(() => { if (document.visibilityState === 'visible') look(); }, everyMs);
    return () => clearInterval(timer);
  }, [look, everyMs, paused]);
}
