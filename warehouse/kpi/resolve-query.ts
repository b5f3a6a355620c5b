import { COMPARISONS, DIMENSIONS, INTERVALS, WarehouseError } from '../warehouse.ts';
import type { Dimension, Interval, KpiQuery, Scope } from '../warehouse.ts';
import type { Measure } from './catalogue.ts';
import { intervalCount } from './interval.ts';
import { ZoneClock } from './zone-clock.ts';

/** A query whose every word is known: safe to build SQL from its keys, values are still bound. */
export interface ResolvedQuery {
  measures: Measure[];
  /** In the order asked. */
  by: (Dimension | Interval)[];
  dimensions: Dimension[];
  interval: Interval | null;
  fromMs: number;
  toMs: number;
  clock: ZoneClock;
  where: ReadonlyMap<Dimension, string[]>;
  scope: Scope;
  targetSeconds: number | null;
  shortAbandonSeconds: number | null;
}

const MOST_INTERVALS = 40_000;
const MOST_VALUES = 5000;

/**
 * Checks a query against the measures and reads its bounds in its zone. An empty list in `where` is no filter.
 * @throws WarehouseError `invalid-query` naming the value and what is allowed.
 */
export function resolveQuery(query: KpiQuery, scope: Scope, measures: ReadonlyMap<string, Measure>, zone: string): ResolvedQuery {
  const clock = ZoneClock.of(zone);
  const intervals = query.by.filter((key) => isInterval(key));
  const dimensions = query.by.filter((key) => isDimension(key));
  for (const key of query.by) if (!isInterval(key) && !isDimension(key)) refuse(`cannot group by ${quoted(key)}`, [...DIMENSIONS, ...INTERVALS]);
  if (intervals.length > 1) refuse(`one interval at most, not ${intervals.join(' and ')}`);
  if (new Set(query.by).size < query.by.length) refuse(`grouped twice by the same: ${query.by.join(', ')}`);
  if (query.measures.length === 0) refuse('no measure was asked', [...measures.keys()]);
  const where = filters(query.where);
  const asked = query.measures.map((id) => measures.get(id) ?? refuse(`there is no measure ${quoted(id)}`, [...measures.keys()]));
  for (const { info } of asked) {
    for (const key of [...dimensions, ...where.keys()]) {
      if (!info.dimensions.includes(key)) refuse(`the measure ${info.id} has no dimension ${key}`, info.dimensions);
    }
  }
  const [fromMs, toMs] = [instantOf(query.from, clock, 'from'), instantOf(query.to, clock, 'to')];
  if (fromMs > toMs) refuse(`the range ends (${query.to}) before it begins (${query.from}): exchange them`);
  // Two equal instants are a range of nothing, as a day has at its first moment; two equal days are meant as one day.
  if (fromMs === toMs && /^\d{4}-\d\d-\d\d$/.test(query.to)) refuse(`the range from ${query.from} to ${query.to} is empty: "to" is exclusive, give the day after the last one`);
  const interval = intervals[0] ?? null;
  if (interval && intervalCount(interval, fromMs, toMs) > MOST_INTERVALS) refuse(`${query.from} to ${query.to} has more than ${MOST_INTERVALS} intervals of ${interval}: ask a longer interval or a shorter range`);
  if (query.compareTo !== undefined && !(COMPARISONS as readonly string[]).includes(query.compareTo)) refuse(`cannot compare to ${quoted(query.compareTo)}`, COMPARISONS);
  return {
    measures: [...new Set(asked)], by: [...query.by], dimensions, interval, fromMs, toMs, clock, where, scope,
    targetSeconds: threshold(query.targetSeconds, 'targetSeconds'), shortAbandonSeconds: threshold(query.shortAbandonSeconds, 'shortAbandonSeconds'),
  };
}

const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export function isLocalDate(text: string): boolean {
  return LOCAL_DATE.test(text);
}

/** A local date is its midnight in the zone (the first instant of the day where midnight does not exist). */
export function instantOf(text: string, clock: ZoneClock, name: string): number {
  const date = LOCAL_DATE.exec(text);
  const ms = date ? Date.parse(`${text}T00:00:00Z`) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  const real = !date || (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text));
  if (Number.isNaN(ms) || !real || ms < 0 || ms > Date.UTC(2200, 0, 1)) refuse(`${name} is ${quoted(text)}: give a local date such as 2026-01-31, or an instant such as 2026-01-31T08:00:00Z, from 1970 on`);
  return date ? clock.toUtc(ms) : ms;
}

function filters(where: KpiQuery['where']): Map<Dimension, string[]> {
  const found = new Map<Dimension, string[]>();
  for (const [key, values] of Object.entries(where)) {
    if (!isDimension(key)) refuse(`cannot filter by ${quoted(key)}`, DIMENSIONS);
    else if (values && values.length > 0) {
      if (values.length > MOST_VALUES) refuse(`more than ${MOST_VALUES} values for ${key}`);
      if (key === 'hour') numbersWithin(values, key, 0, 23);
      if (key === 'weekday') numbersWithin(values, key, 1, 7);
      found.set(key, [...values]);
    }
  }
  return found;
}

function numbersWithin(values: string[], key: string, least: number, most: number): void {
  for (const value of values) {
    if (!/^\d{1,2}$/.test(value) || Number(value) < least || Number(value) > most) refuse(`${key} is ${quoted(value)}: give ${least} to ${most}`);
  }
}

function threshold(value: number | undefined, name: string): number | null {
  if (value === undefined) return null;
  if (!Number.isFinite(value) || value < 0 || value > 86_400) refuse(`${name} is ${value}: give seconds from 0 to 86400`);
  return value;
}

function isDimension(key: string): key is Dimension {
  return (DIMENSIONS as readonly string[]).includes(key);
}

function isInterval(key: string): key is Interval {
  return (INTERVALS as readonly string[]).includes(key);
}

function quoted(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? String(value);
}

function refuse(what: string, allowed?: readonly string[]): never {
  throw new WarehouseError('invalid-query', allowed ? `${what}; allowed: ${allowed.join(', ')}` : what);
}
