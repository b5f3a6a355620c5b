import type { Calendar } from '../../../telephony/configuration.ts';
import type { Incident, TargetClock } from './incident.ts';
import { afterOpenMs, isOpenAt, openMs, type Span } from './working-time.ts';

/** What the target's clock reads of an incident. */
export type Clocked = Pick<Incident, 'detectedAtMs' | 'resolvedAtMs' | 'targetMinutes' | 'pauses' | 'breachNotedAtMs'>;

/**
 * The target's clock: it runs from the detection to the resolution, within the calendar, and not while it is paused. What was taken for
 * resolved and was not counts. Resolved at the very target is within it.
 * @param calendar that of the incident; null = it runs always.
 */
export function targetClock(incident: Clocked, calendar: Calendar | null, nowMs: number): TargetClock {
  const targetMs = incident.targetMinutes * 60_000;
  let usedMs = 0;
  for (const { fromMs, toMs } of running(incident, nowMs)) usedMs += openMs(calendar, fromMs, toMs);
  const reached = clockReaches(incident, calendar, targetMs, nowMs);
  const stopped = incident.resolvedAtMs !== null && incident.resolvedAtMs <= nowMs;
  const state = stopped ? 'stopped' : isPausedAt(incident, nowMs) ? 'paused' : isOpenAt(calendar, nowMs) ? 'running' : 'off-hours';
  return {
    state, targetMs, usedMs, leftMs: targetMs - usedMs,
    dueAtMs: state === 'running' || state === 'off-hours' ? reached : null,
    breachedAtMs: incident.breachNotedAtMs ?? (reached !== null && reached <= nowMs ? reached : null),
  };
}

/** When the clock has counted so much: in the past, or in the future if nothing stops it from now on. Null = never, as things are. */
export function clockReaches(incident: Clocked, calendar: Calendar | null, ms: number, nowMs: number): number | null {
  let left = ms;
  for (const { fromMs, toMs } of running(incident, nowMs)) {
    const counted = openMs(calendar, fromMs, toMs);
    if (counted >= left) {
      const at = afterOpenMs(calendar, fromMs, left);
      return at === null || at === incident.resolvedAtMs ? null : at;
    }
    left -= counted;
  }
  const over = incident.resolvedAtMs !== null && incident.resolvedAtMs <= nowMs;
  return over || isPausedAt(incident, nowMs) ? null : afterOpenMs(calendar, Math.max(nowMs, incident.detectedAtMs), left);
}

function isPausedAt({ pauses }: Clocked, atMs: number): boolean {
  return pauses.some(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs < toMs));
}

/** From the detection until now or the resolution, without the pauses. */
function running({ detectedAtMs, resolvedAtMs, pauses }: Clocked, nowMs: number): Span[] {
  const end = Math.min(nowMs, resolvedAtMs ?? nowMs);
  const spans: Span[] = [];
  let from = detectedAtMs;
  for (const pause of pauses) {
    if (Math.min(pause.fromMs, end) > from) spans.push({ fromMs: from, toMs: Math.min(pause.fromMs, end) });
    from = Math.max(from, pause.toMs ?? end);
  }
  if (end > from) spans.push({ fromMs: from, toMs: end });
  return spans;
}
