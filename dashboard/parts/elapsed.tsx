'use client';
import { duration } from '../format/duration.ts';
import { useNow } from './use-now.ts';

/** Time since an instant, ticking here; `offsetMs` is the server's clock minus ours. */
export function Elapsed({ since, offsetMs }: { since: string | null; offsetMs: number }) {
  const now = useNow();
  return <>{duration(since === null ? null : (now + offsetMs - Date.parse(since)) / 1000)}</>;
}
