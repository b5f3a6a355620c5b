import type { Engine } from '../engine.ts';
import type { Dimension, KpiAnswer, KpiQuery, KpiRow, MeasureInfo, QueryOptions, Scope } from '../warehouse.ts';
import { catalogue } from './catalogue.ts';
import { shiftKey, shiftOf, shiftQuery } from './comparison.ts';
import type { Shift } from './comparison.ts';
import type { PlainRow } from './compile.ts';
import { defaultZone } from './default-zone.ts';
import { intervalKeys, intervalText } from './interval.ts';
import { measured } from './measured.ts';
import { namesOf } from './names.ts';
import { resolvedQuery } from './remembered-query.ts';
import type { ResolvedQuery } from './resolve-query.ts';

/** All measures of `sql/measures/`, in the order of their ids. */
export function measures(): MeasureInfo[] {
  return [...catalogue().measures.values()].map(({ info }) => info);
}

/**
 * Answers a query of measures: the one way from facts to numbers.
 *
 * - Without a dimension or filter of queue, agent or team a measure is read from the first of its grains that
 *   has all that is asked: a call counts once. By or where queue, agent or team it is read from the legs: a call
 *   counts in each queue. `totals` merges the rows' own grain, an agent in several teams once.
 * - A query by an interval alone has a row for every interval, also empty ones (0 or null, as the measure says);
 *   with other dimensions only groups that have data.
 * - Rollups serve closed UTC days, rows the rest; both give the same numbers.
 * - Agent time is counted by whole quarter-hours: other bounds are widened to them.
 * - Rows, totals, the comparison and the load mark are of one state of the data, whatever is loaded meanwhile.
 *
 * @throws WarehouseError `invalid-query`, and what the engine throws.
 */
export async function kpi(engine: Engine, query: KpiQuery, scope: Scope, options: QueryOptions = {}): Promise<KpiAnswer> {
  const resolved = resolvedQuery(query, scope, query.zone ?? await defaultZone(engine, query, scope));
  const shift = query.compareTo === undefined ? null : shiftOf(query, resolved, query.compareTo);
  const earlier = shift && shiftQuery(query, resolved, shift);
  const { state, measured: [now, before] } = await measured(engine, earlier ? [resolved, earlier] : [resolved], query.totals ?? false, options);
  const answered = filled(resolved, now?.rows ?? []).map((row) => named(resolved, row, true));
  const compared = earlier && before && shift ? moved(resolved, earlier, filled(earlier, before.rows), shift) : null;
  return {
    rows: answered,
    totals: now?.totals ? named(resolved, now.totals, false) : null,
    comparison: earlier && compared ? { rows: compared, totals: before?.totals ? named(earlier, before.totals, false) : null, from: instant(earlier.fromMs), to: instant(earlier.toMs) } : null,
    zone: resolved.clock.zone,
    fromUtc: instant(resolved.fromMs), toUtc: instant(resolved.toMs),
    dataAt: state.dataAt, loadMark: state.loadMark,
    names: await namesOf(engine, [...answered, ...(compared ?? [])], resolved.dimensions, resolved.toMs),
  };
}

/** Adds the intervals that no row fell into, when the query is by the interval alone. */
function filled(query: ResolvedQuery, rows: PlainRow[]): PlainRow[] {
  const { interval } = query;
  if (interval === null || query.dimensions.length > 0) return rows;
  const known = new Map(rows.map((row) => [row.k0, row]));
  const empty = Object.fromEntries(query.measures.map(({ info }, index) => [`m${index}`, info.empty === 'zero' ? 0 : null]));
  return intervalKeys(interval, query.fromMs, query.toMs, query.clock).map((key) => known.get(key) ?? { k0: key, ...empty });
}

function named(query: ResolvedQuery, row: PlainRow, grouped: boolean): KpiRow {
  const result: KpiRow = {};
  if (grouped) {
    query.by.forEach((key, index) => {
      const value = row[`k${index}`] ?? '';
      result[key] = key === query.interval ? intervalText(query.interval, Number(value), query.clock) : String(value);
    });
  }
  query.measures.forEach(({ info }, index) => { result[info.id] = row[`m${index}`] ?? null; });
  return result;
}

/** The earlier rows under the asked period's intervals. */
function moved(query: ResolvedQuery, earlier: ResolvedQuery, rows: PlainRow[], shift: Shift): KpiRow[] {
  const position = query.interval === null ? -1 : query.by.indexOf(query.interval);
  if (position < 0) return rows.map((row) => named(earlier, row, true));
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const key = shiftKey(Number(row[`k${position}`]), query, shift);
    if (key === null) return [];
    const result = named(query, { ...row, [`k${position}`]: key }, true);
    const identity = JSON.stringify(query.by.map((name: Dimension | string) => result[name]));
    if (seen.has(identity)) return [];
    seen.add(identity);
    return [result];
  });
}

function instant(utcMs: number): string {
  return new Date(utcMs).toISOString();
}
