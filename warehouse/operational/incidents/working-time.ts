import type { Calendar } from '../../../telephony/configuration.ts';
import { ZoneClock } from '../../kpi/zone-clock.ts';

export interface Span { fromMs: number; toMs: number }

const DAY = 86_400_000;
/** Whoever asks for an instant beyond this is told that there is none. */
const FURTHEST = 2 * 366 * DAY;

/** For how long a calendar is open between two instants; null = always. Changes of the clock count as the hours that really passed. */
export function openMs(calendar: Calendar | null, fromMs: number, toMs: number): number {
  if (calendar === null) return Math.max(0, toMs - fromMs);
  let sum = 0;
  for (const span of openSpans(calendar, fromMs, toMs)) sum += span.toMs - span.fromMs;
  return sum;
}

/** The first instant by which it will have been open for so long since `fromMs`; null = not within two years. */
export function afterOpenMs(calendar: Calendar | null, fromMs: number, lasting: number): number | null {
  if (calendar === null || lasting <= 0) return fromMs + Math.max(0, lasting);
  let left = lasting;
  for (let at = fromMs; at < fromMs + FURTHEST; at += 28 * DAY) {
    for (const span of openSpans(calendar, at, at + 28 * DAY)) {
      const lasts = span.toMs - span.fromMs;
      if (left <= lasts) return span.fromMs + left;
      left -= lasts;
    }
  }
  return null;
}

export function isOpenAt(calendar: Calendar | null, atMs: number): boolean {
  return openMs(calendar, atMs, atMs + 1) > 0;
}

/** The hours of a calendar between two instants, in order: while the wall clock of its zone shows one of them. An hour that is shown twice is open twice. */
function* openSpans(calendar: Calendar, fromMs: number, toMs: number): Generator<Span> {
  const periods = toMs > fromMs ? ZoneClock.of(calendar.zone).periods(fromMs, toMs) : [];
  for (const [index, { fromMs: begins, offsetMs }] of periods.entries()) {
    const [first, last] = [Math.max(fromMs, begins), Math.min(toMs, periods[index + 1]?.fromMs ?? toMs)];
    for (let day = Math.floor((first + offsetMs) / DAY); day * DAY < last + offsetMs; day += 1) {
      for (const hours of hoursOf(calendar, day)) {
        const span = { fromMs: Math.max(first, day * DAY + hours.fromMs - offsetMs), toMs: Math.min(last, day * DAY + hours.toMs - offsetMs) };
        if (span.toMs > span.fromMs) yield span;
      }
    }
  }
}

/** Of a local day, in milliseconds of it, in order and without overlap. */
function hoursOf({ weekdays, holidays }: Calendar, day: number): Span[] {
  if (holidays.length > 0 && holidays.includes(new Date(day * DAY).toISOString().slice(0, 10))) return [];
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(day + 3) % 7];
  const merged: Span[] = [];
  for (const { from, to } of ((weekday && weekdays[weekday]) ?? []).toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const hours = { fromMs: clockMs(from), toMs: clockMs(to) };
    const before = merged.at(-1);
    if (before && hours.fromMs <= before.toMs) before.toMs = Math.max(before.toMs, hours.toMs);
    else if (hours.toMs > hours.fromMs) merged.push(hours);
  }
  return merged;
}

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

function clockMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
