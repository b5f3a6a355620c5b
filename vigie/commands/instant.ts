import { ZoneClock } from '../../warehouse/kpi/zone-clock.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Clocks of people are not ours: so much of the future is now. */
const AHEAD_MS = MINUTE_MS;
const CLOCK = /^(\d{1,2})[:h](\d\d)(?::(\d\d))?$/;
const WRITTEN = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)\/(\d\d)\/(\d{4}))[T ](\d{1,2}[:h]\d\d(?::\d\d)?)$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * What a person types for an instant of the past: `14:05` or `14h05` of today in a zone (a time that is still to come was yesterday's, if that is less
 * than half a day ago), `2026-11-23 14:05`, `23/11/2026 14:05`, or an ISO instant with an offset of its own.
 * @returns epoch milliseconds; null = it is none of these. It may lie in the future.
 */
export function parseInstant(text: string, zone: string, nowMs: number): number | null {
  const typed = text.trim();
  if (WITH_OFFSET.test(typed)) {
    const ms = Date.parse(typed);
    // A day that the month does not have is moved on by the parser.
    return Number.isNaN(ms) || !isDate(typed.slice(0, 10)) ? null : ms;
  }
  const clock = ZoneClock.of(zone);
  const ofDay = clockMs(typed);
  if (ofDay !== null) {
    const today = Math.floor((nowMs + clock.offsetAt(nowMs)) / DAY_MS) * DAY_MS;
    const [atMs, dayBefore] = [clock.toUtc(today + ofDay), clock.toUtc(today - DAY_MS + ofDay)];
    return atMs > nowMs + AHEAD_MS && nowMs - dayBefore < DAY_MS / 2 ? dayBefore : atMs;
  }
  const [, year, month, day, frenchDay, frenchMonth, frenchYear, time] = WRITTEN.exec(typed) ?? [];
  const date = `${year ?? frenchYear ?? ''}-${month ?? frenchMonth ?? ''}-${day ?? frenchDay ?? ''}`;
  const since = time === undefined ? null : clockMs(time);
  return since === null || !isDate(date) ? null : clock.toUtc(Date.parse(date) + since);
}

function clockMs(text: string): number | null {
  const [, hours, minutes, seconds = '0'] = CLOCK.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000;
}

function isDate(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
