import { WarehouseError } from '../warehouse.ts';
import type { Comparison, KpiQuery } from '../warehouse.ts';
import { QUARTER_MS, intervalKey } from './interval.ts';
import { instantOf, isLocalDate } from './resolve-query.ts';
import type { ResolvedQuery } from './resolve-query.ts';

/** How far back the comparison lies, on the local calendar or, for bounds that are instants, on the clock. */
export interface Shift { months: number; days: number; ms: number }

const DAY_MS = 86_400_000;

/**
 * The earlier period. `previous-period` is as long as the asked one (whole months when both bounds are first
 * days of months); the others go back a day, a week or a year on the local calendar. A year of weeks is 52
 * weeks, so that Mondays meet.
 */
export function shiftOf(query: KpiQuery, resolved: ResolvedQuery, comparison: Comparison): Shift {
  switch (comparison) {
    case 'previous-day': return { months: 0, days: 1, ms: 0 };
    case 'previous-week': return { months: 0, days: 7, ms: 0 };
    case 'previous-year': return resolved.interval === 'week' ? { months: 0, days: 364, ms: 0 } : { months: 12, days: 0, ms: 0 };
    case 'previous-period': {
      if (!isLocalDate(query.from) || !isLocalDate(query.to)) return { months: 0, days: 0, ms: resolved.toMs - resolved.fromMs };
      if (query.from.endsWith('-01') && query.to.endsWith('-01') && query.from !== query.to) return { months: monthNumber(query.to) - monthNumber(query.from), days: 0, ms: 0 };
      return { months: 0, days: Math.round((Date.parse(query.to) - Date.parse(query.from)) / DAY_MS), ms: 0 };
    }
    default: throw new WarehouseError('invalid-query', `cannot compare to ${JSON.stringify(comparison)}`);
  }
}

/** The query over the earlier period, up to `compareUntil` where the range still runs. */
export function shiftQuery(query: KpiQuery, resolved: ResolvedQuery, shift: Shift): ResolvedQuery {
  const back = (text: string, utcMs: number): number => {
    if (shift.ms > 0) return utcMs - shift.ms;
    const localMs = isLocalDate(text) ? Date.parse(`${text}T00:00:00Z`) : utcMs + resolved.clock.offsetAt(utcMs);
    return resolved.clock.toUtc(shiftLocal(localMs, shift, -1));
  };
  const fromMs = Math.max(0, back(query.from, resolved.fromMs));
  const untilMs = query.compareUntil === undefined ? resolved.toMs : instantOf(query.compareUntil, resolved.clock, 'compareUntil');
  const running = query.compareUntil !== undefined && untilMs >= resolved.fromMs && untilMs < resolved.toMs;
  const toMs = running ? back(query.compareUntil ?? query.to, untilMs) : back(query.to, resolved.toMs);
  return { ...resolved, fromMs, toMs: Math.max(fromMs, toMs) };
}

/**
 * Moves an interval's key of the earlier period to the asked one; null when it has no counterpart there (the
 * 29th of February, an hour that the clock skips). An hour shown twice meets the first.
 */
export function shiftKey(key: number, query: ResolvedQuery, shift: Shift): number | null {
  const { interval, clock } = query;
  if (interval === null) return key;
  if (interval === 'day' || interval === 'week' || interval === 'month') {
    const moved = shift.ms > 0 ? key * QUARTER_MS + Math.round(shift.ms / DAY_MS) * DAY_MS : shiftLocal(key * QUARTER_MS, shift, 1);
    return shiftLocal(moved, shift, -1) === key * QUARTER_MS || shift.ms > 0 ? moved / QUARTER_MS : null;
  }
  const unit = interval === '1min' || interval === '5min' ? 60_000 : QUARTER_MS;
  const utcMs = key * unit;
  if (shift.ms > 0) return intervalKey(interval, utcMs + shift.ms, clock);
  const localMs = shiftLocal(utcMs + clock.offsetAt(utcMs), shift, 1);
  const moved = clock.toUtc(localMs);
  return moved + clock.offsetAt(moved) === localMs ? intervalKey(interval, moved, clock) : null;
}

/** Moves a wall clock by months (the last day of a shorter month stays in it) and days. */
function shiftLocal(localMs: number, shift: Shift, sign: 1 | -1): number {
  const date = new Date(localMs);
  const month = date.getUTCMonth() + sign * shift.months;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastDay));
  return day + sign * shift.days * DAY_MS + (((localMs % DAY_MS) + DAY_MS) % DAY_MS);
}

function monthNumber(date: string): number {
  const midnight = new Date(`${date}T00:00:00Z`);
  return midnight.getUTCFullYear() * 12 + midnight.getUTCMonth();
}
