import type { Interval } from '../warehouse.ts';
import type { ZoneClock } from './zone-clock.ts';

export const QUARTER_MS = 900_000;
const DAY = 96;

/**
 * Intervals are whole quarter-hours of UTC, moved by the zone's offset: a local day has 92, 96 or 100 of
 * them. A key is a number that SQL and this file compute alike: minutes since 1970 for `1min` and `5min`,
 * the first quarter-hour (UTC) for `15min` to `60min`, the first quarter-hour of the local day, week or
 * month on the local clock for the others. An interval that a change of the offset cuts (half an hour at
 * Lord Howe) starts anew at the change.
 */
export function intervalKey(interval: Interval, utcMs: number, clock: ZoneClock): number {
  if (interval === '1min') return Math.floor(utcMs / 60_000);
  if (interval === '5min') return Math.floor(utcMs / 300_000) * 5;
  const quarter = Math.floor(utcMs / QUARTER_MS);
  if (interval === '15min') return quarter;
  const local = quarter + clock.offsetAt(utcMs) / QUARTER_MS;
  switch (interval) {
    case '30min': return startsAfterChange(quarter - (local % 2), utcMs, clock);
    case '60min': return startsAfterChange(quarter - (local % 4), utcMs, clock);
    case 'day': return local - (local % DAY);
    case 'week': return local - ((local + 3 * DAY) % (7 * DAY));
    case 'month': {
      const date = new Date(local * QUARTER_MS);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / QUARTER_MS;
    }
  }
}

function startsAfterChange(start: number, utcMs: number, clock: ZoneClock): number {
  const change = clock.periods(utcMs, utcMs + 1).at(-1)?.fromMs ?? 0;
  return Math.max(start, change / QUARTER_MS);
}

/** The text of a key, as answers carry it. */
export function intervalText(interval: Interval, key: number, clock: ZoneClock): string {
  switch (interval) {
    case '1min': case '5min': return clock.format(key * 60_000);
    case '15min': case '30min': case '60min': return clock.format(key * QUARTER_MS);
    case 'day': case 'week': return new Date(key * QUARTER_MS).toISOString().slice(0, 10);
    case 'month': return new Date(key * QUARTER_MS).toISOString().slice(0, 7);
  }
}

/** All keys of a range, in order. */
export function intervalKeys(interval: Interval, fromMs: number, toMs: number, clock: ZoneClock): number[] {
  const step = interval === '1min' ? 60_000 : interval === '5min' ? 300_000 : QUARTER_MS;
  const keys: number[] = [];
  for (let at = Math.floor(fromMs / step) * step; at < toMs; at += step) {
    const key = intervalKey(interval, at, clock);
    if (keys.at(-1) !== key) keys.push(key);
  }
  return keys;
}

/** About how many keys a range has, to refuse absurd ones before anything is made. */
export function intervalCount(interval: Interval, fromMs: number, toMs: number): number {
  const minutes = { '1min': 1, '5min': 5, '15min': 15, '30min': 30, '60min': 60, day: 1440, week: 10_080, month: 43_200 }[interval];
  return Math.ceil((toMs - fromMs) / (minutes * 60_000));
}

export function isBelowQuarter(interval: Interval | null): boolean {
  return interval === '1min' || interval === '5min';
}

/** SQL of the key from a fact's `quarter` column; `at` is the instant, for the intervals below a quarter-hour. */
export function intervalSql(interval: Interval, fromMs: number, toMs: number, clock: ZoneClock, fact: string): string {
  const quarter = `${fact}.quarter`;
  const minute = `CAST(floor(ms_of(${fact}.arrived_at) / 60000) AS BIGINT)`;
  const local = localQuarterSql(fromMs, toMs, clock, fact);
  switch (interval) {
    case '1min': return minute;
    case '5min': return `(${minute} - ${minute} % 5)`;
    case '15min': return quarter;
    case '30min': return clampedSql(2, fromMs, toMs, clock, quarter);
    case '60min': return clampedSql(4, fromMs, toMs, clock, quarter);
    case 'day': return `(${local} - ${local} % ${DAY})`;
    case 'week': return `(${local} - (${local} + ${3 * DAY}) % ${7 * DAY})`;
    case 'month': {
      const months = intervalKeys('month', fromMs, toMs, clock).toReversed();
      return months.length === 0 ? '0' : `(CASE ${months.map((key) => `WHEN ${local} >= ${key} THEN ${key}`).join(' ')} ELSE ${months.at(-1)} END)`;
    }
  }
}

/** Local hour, 0 to 23. */
export function hourSql(fromMs: number, toMs: number, clock: ZoneClock, fact: string): string {
  return `CAST(floor((${localQuarterSql(fromMs, toMs, clock, fact)} % ${DAY}) / 4) AS INTEGER)`;
}

/** Local ISO weekday, 1 = Monday. */
export function weekdaySql(fromMs: number, toMs: number, clock: ZoneClock, fact: string): string {
  return `(CAST(floor(((${localQuarterSql(fromMs, toMs, clock, fact)} + ${3 * DAY}) % ${7 * DAY}) / ${DAY}) AS INTEGER) + 1)`;
}

/** The quarter-hour on the local clock. Only numbers that were computed here enter the text. */
function localQuarterSql(fromMs: number, toMs: number, clock: ZoneClock, fact: string): string {
  return perPeriod(fromMs, toMs, clock, `${fact}.quarter`, (offset) => `${fact}.quarter + ${offset}`);
}

function clampedSql(quarters: number, fromMs: number, toMs: number, clock: ZoneClock, quarter: string): string {
  return perPeriod(fromMs, toMs, clock, quarter, (offset, start) =>
    `greatest(${quarter} - (${quarter} + ${offset}) % ${quarters}, ${start})`);
}

function perPeriod(fromMs: number, toMs: number, clock: ZoneClock, quarter: string, sql: (offset: number, start: number) => string): string {
  const periods = clock.periods(fromMs - QUARTER_MS, toMs + QUARTER_MS).toReversed();
  const [first, ...rest] = periods.map((period) => ({ start: period.fromMs / QUARTER_MS, text: sql(period.offsetMs / QUARTER_MS, period.fromMs / QUARTER_MS) }));
  if (!first) return quarter;
  if (rest.length === 0) return `(${first.text})`;
  const last = rest.pop() ?? first;
  return `(CASE ${[first, ...rest].map(({ start, text }) => `WHEN ${quarter} >= ${start} THEN ${text}`).join(' ')} ELSE ${last.text} END)`;
}
