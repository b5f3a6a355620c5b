import type { Verdict } from '../parts/verdict.ts';

/** The target's clock as the server said it at `asOfMs` (its own clock). */
export interface ClockSaid { state: 'RUNNING' | 'PAUSED' | 'OFF_HOURS' | 'STOPPED'; targetMs: number; leftMs: number; breachedAt: string | null; asOfMs: number }

export interface Timer {
  kind: 'running' | 'overdue' | 'paused' | 'offHours' | 'inTarget' | 'late';
  /** Negative after the target. */
  leftMs: number;
  /** Of the target, 0 … 1. */
  share: number;
  verdict: Verdict;
}

/** What the clock shows at an instant of the server's clock; from `warnFrom` of the target on someone should look. A breach once noted stays one, whatever is left now. */
export function timerAt({ state, targetMs, leftMs: said, breachedAt, asOfMs }: ClockSaid, nowMs: number, warnFrom: number): Timer {
  const leftMs = state === 'RUNNING' ? said - Math.max(0, nowMs - asOfMs) : said;
  const breached = breachedAt !== null || leftMs < 0;
  const share = targetMs <= 0 ? 1 : Math.min(1, Math.max(0, 1 - leftMs / targetMs));
  const kind = state === 'STOPPED' ? (breached ? 'late' : 'inTarget') : leftMs < 0 ? 'overdue' : state === 'PAUSED' ? 'paused' : state === 'OFF_HOURS' ? 'offHours' : 'running';
  return { kind, leftMs, share, verdict: breached ? 'bad' : kind === 'running' && share >= warnFrom ? 'warn' : 'ok' };
}

/** Whole seconds to show: time left is rounded up, so that 0:00 stands only when nothing is left; time past is rounded down. */
export function shownSeconds(leftMs: number): number {
  return leftMs >= 0 ? Math.ceil(leftMs / 1000) : Math.floor(-leftMs / 1000);
}
