'use client';
import { useState } from 'react';

/** Small jitter is not followed, or every clock on the page would tremble. */
const JITTER_MS = 1500;

/** The server's clock minus ours, from an instant that it has just said. */
export function useServerOffset(at: string | undefined): number {
  const [known, setKnown] = useState<{ at: string; offsetMs: number } | null>(null);
  if (at !== undefined && known?.at !== at) setKnown({ at, offsetMs: nextOffset(at, known?.offsetMs ?? 0) });
  return known?.offsetMs ?? 0;
}

function nextOffset(at: string, before: number): number {
  const offset = Date.parse(at) - Date.now();
  return Math.abs(offset - before) < JITTER_MS ? before : offset;
}
