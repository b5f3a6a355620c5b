import type { Dimension } from '../warehouse.ts';
import { WarehouseError } from '../warehouse.ts';
import type { ClosedDays } from './closed-days.ts';
import type { Fact, Rollup } from './catalogue.ts';
import { QUARTER_MS, hourSql, intervalKey, intervalSql, isBelowQuarter, weekdaySql } from './interval.ts';
import type { Parameters } from './parameters.ts';
import type { ResolvedQuery } from './resolve-query.ts';
import { splitDays, splitRange, utcDay } from './segments.ts';
import type { Segment } from './segments.ts';

const DAY_MS = 86_400_000;

/**
 * One FROM … WHERE over a stretch of time: the fact's rows or a rollup of them, under the alias `f`. Of rows there are the columns that
 * the rest of the statement speaks of: an engine plans what it is told before it finds out what is used.
 */
export interface Source { kind: 'rows' | 'rollup'; table: (rest: string) => string; conditions: string[] }

/** What of a fact is read: its sums and maxima, or one of its histograms. */
export interface Wanted { histogram: string | null; /** Its rows are read elsewhere. */ rollupsOnly?: boolean }

/**
 * The view's SELECT, narrowed to a stretch of time where it reads its table, with the query's own T and S. With `columns` it has
 * only these.
 */
export function inlineFact(fact: Fact, segment: Segment, parameters: Parameters, thresholds: { target: number | null; short: number | null }, columns?: ReadonlySet<string>): string {
  let sql = narrowed(fact, columns).replaceAll(/\/\*\{range ([\w.]+)\}\*\//g, (_match, column: string) =>
    `AND ${column} >= ${parameters.add(new Date(segment.fromMs - fact.lookbackMs))} AND ${column} < ${parameters.add(new Date(segment.toMs))}`);
  sql = sql.replaceAll(/\/\*\{ending (\w+)\}\*\//g, (_match, column: string) => `WHERE ${column} > ${parameters.add(segment.fromMs)}`);
  sql = spanned(sql, 'from', String(segment.fromMs));
  sql = spanned(sql, 'to', String(segment.toMs));
  sql = spanned(sql, 'now', NOW);
  if (thresholds.target !== null) sql = override(sql, 'target', parameters.add(thresholds.target));
  if (thresholds.short !== null) sql = override(sql, 'short', parameters.add(thresholds.short));
  return `(${sql})`;
}

function narrowed({ select, list }: Fact, wanted?: ReadonlySet<string>): string {
  if (!list || !wanted) return select;
  const columns = [...list.columns];
  const read = columns.filter(([name]) => wanted.has(name));
  return `SELECT ${(read.length > 0 ? read : columns.slice(0, 1)).map(([, text]) => text).join(', ')} ${list.from}`;
}

/** Columns that a part of a statement reads of the alias `f`. */
function columnsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\bf\.(\w+)/g)].map(([, name = '']) => name));
}

/** Whether the view reads exactly the rows of a stretch of time where it is narrowed to it. */
function keepsRange({ time, lookbackMs, select }: Fact): boolean {
  const column = /\/\*\{range ([\w.]+)\}\*\//.exec(select)?.[1];
  return time === 'arrived_at' && lookbackMs === 0 && column !== undefined && select.includes(`${column} AS arrived_at`);
}

function override(sql: string, name: string, value: string): string {
  return sql.replace(new RegExp(String.raw`/\*\{${name}\}\*/coalesce\([^)]*\)`), value);
}

/** What stands in a statement for the instant of the question until it is asked: a remembered statement is older. */
export const NOW = 'now_ms(/*{now}*/)';

/** A value that a view has between marks for readers of SQL, in a question's own words. */
function spanned(sql: string, name: string, value: string): string {
  return sql.replaceAll(new RegExp(String.raw`/\*\{${name}\*/.*?/\*${name}\}\*/`, 'gs'), () => value);
}

/** The sources of a fact for a query: rollups for closed days where they have all that is asked, rows for the rest. */
export function sourcesOf(fact: Fact, query: ResolvedQuery, rollups: readonly Rollup[], { histogram, rollupsOnly = false }: Wanted, closedDays: ClosedDays, parameters: Parameters): Source[] {
  const able = ableOf(fact, query, rollups, histogram);
  const wide = fact.time === 'quarter';
  const fromMs = wide ? Math.floor(query.fromMs / QUARTER_MS) * QUARTER_MS : query.fromMs;
  const toMs = wide ? Math.ceil(query.toMs / QUARTER_MS) * QUARTER_MS : query.toMs;
  const split = splitRange(fromMs, toMs, able.length > 0 ? closedDays : new Set());
  const rows = rollupsOnly ? [] : split.rows;
  if (!fact.kept) for (const segment of rows) refuseGone(fact, segment, closedDays);
  const sources: Source[] = rows.map((segment) => ({
    kind: 'rows',
    table: (rest) => inlineFact(fact, segment, parameters, { target: query.targetSeconds, short: query.shortAbandonSeconds }, columnsIn(rest)),
    conditions: [...keepsRange(fact) ? [] : [boundsOf(fact.time, [segment], parameters)], ...filtersOf(fact, query, parameters)],
  }));
  const { days, quarters } = splitDays(split.rollup, (dayFromMs, dayToMs) => dayFits(query, dayFromMs, dayToMs));
  for (const rollup of able) {
    const segments = rollup.unit === 'day' ? days : quarters;
    if (segments.length > 0) sources.push({ kind: 'rollup', table: () => rollup.table, conditions: [boundsOf('quarter', segments, parameters), ...filtersOf(fact, query, parameters)] });
  }
  // A range without time still needs its columns.
  return sources.length > 0 || rollupsOnly ? sources : [{ kind: 'rows', table: (rest) => inlineFact(fact, { fromMs, toMs: fromMs }, parameters, { target: null, short: null }, columnsIn(rest)), conditions: ['1 = 0'] }];
}

/** Whether closed days of a fact are read from rollups for a query. */
export function hasRollup(fact: Fact, query: ResolvedQuery, rollups: readonly Rollup[], histogram: string | null): boolean {
  return ableOf(fact, query, rollups, histogram).length > 0;
}

function ableOf(fact: Fact, query: ResolvedQuery, rollups: readonly Rollup[], histogram: string | null): Rollup[] {
  return rollups.filter((one) => one.fact === fact.id && one.histogram === histogram && suffices(one, fact, query));
}

/** Of days whose rows are gone only the rollups are left: what they do not hold is said to be gone, and not 0. */
function refuseGone(fact: Fact, { fromMs, toMs }: Segment, closedDays: ClosedDays): void {
  const { goneBefore } = closedDays;
  if (goneBefore === undefined || fromMs - fact.lookbackMs >= Date.parse(goneBefore)) return;
  for (const day of closedDays) {
    const dayMs = Date.parse(day);
    if (day < goneBefore && dayMs < toMs && dayMs + DAY_MS > fromMs - fact.lookbackMs)
      throw new WarehouseError('gone', `Single rows are kept from ${utcDay(Date.parse(goneBefore) + fact.lookbackMs)} on; of earlier days there are the figures of closed days: ask them by fewer dimensions, by quarter-hours or longer, without other thresholds, or ask later days`);
  }
}

/** Whether a UTC day lies in one interval of the query, and no hour is asked of it. */
function dayFits(query: ResolvedQuery, fromMs: number, toMs: number): boolean {
  if ((['hour', 'weekday'] as const).some((key) => query.dimensions.includes(key) || query.where.has(key))) return false;
  const { interval, clock } = query;
  return interval === null || intervalKey(interval, fromMs, clock) === intervalKey(interval, toMs - 1, clock);
}

/** Whether a rollup keeps every dimension that is asked, filtered or scoped, and the query takes T and S as they were frozen. */
function suffices(rollup: Rollup, fact: Fact, query: ResolvedQuery): boolean {
  if (isBelowQuarter(query.interval)) return false;
  if (fact.select.includes('/*{target}*/') && (query.targetSeconds !== null || query.shortAbandonSeconds !== null)) return false;
  return neededDimensions(query).every((dimension) => rollup.keys.has(dimension));
}

function boundsOf(time: Fact['time'], segments: readonly Segment[], parameters: Parameters): string {
  return `(${segments.map(({ fromMs, toMs }) => (time === 'arrived_at'
    ? `f.arrived_at >= ${parameters.add(new Date(fromMs))} AND f.arrived_at < ${parameters.add(new Date(toMs))}`
    : `f.quarter >= ${parameters.add(fromMs / QUARTER_MS)} AND f.quarter < ${parameters.add(toMs / QUARTER_MS)}`)).join(' OR ')})`;
}

const SCOPED = { tenant: 'tenants', site: 'sites', queue: 'queues', team: 'teams' } as const;

/** Dimensions that must be columns of a source (the clock's are computed). */
export function neededDimensions(query: ResolvedQuery): Dimension[] {
  return [...new Set([...query.dimensions, ...query.where.keys(), ...scopedDimensions(query)])].filter((key) => key !== 'hour' && key !== 'weekday');
}

export function scopedDimensions(query: ResolvedQuery): Dimension[] {
  return (['tenant', 'site', 'queue', 'team'] as const).filter((dimension) => query.scope[SCOPED[dimension]] !== 'all');
}

/** The ids that both the query and the viewer's scope allow; null = all. */
function allowed(query: ResolvedQuery, dimension: Dimension): string[] | null {
  const asked = query.where.get(dimension) ?? null;
  const scope = dimension === 'tenant' || dimension === 'site' || dimension === 'queue' || dimension === 'team' ? query.scope[SCOPED[dimension]] : 'all';
  if (scope === 'all') return asked;
  return asked === null ? scope : asked.filter((id) => scope.includes(id));
}

function filtersOf(fact: Fact, query: ResolvedQuery, parameters: Parameters): string[] {
  const conditions: string[] = [];
  for (const dimension of ['tenant', 'site', 'campaign', 'queue', 'agent', 'medium', 'incident-type', 'severity', 'component'] as const) {
    const ids = allowed(query, dimension);
    if (fact.members.has(dimension)) {
      if (ids?.length === 0) conditions.push('1 = 0');
      // What concerns nobody by name concerns everybody.
      else if (ids) conditions.push(`(f.${fact.members.get(dimension)} = '' OR f.incident IN (SELECT incident FROM ${membersSql(fact, dimension, ids, parameters)} AS members))`);
      continue;
    }
    if (fact.kept && !fact.dimensions.has(dimension)) continue;
    if (fact.wholes.has(dimension) && !ids) conditions.push(`f.${dimension} ${query.dimensions.includes(dimension) ? '<>' : '='} ''`);
    if (ids) conditions.push(ids.length === 0 ? '1 = 0' : `${columnOf(dimension)} IN (${parameters.list(ids)})`);
    // Without a queue or an agent there is nothing to group by it.
    if ((dimension === 'queue' || dimension === 'agent') && query.dimensions.includes(dimension)) conditions.push(`f.${dimension} <> ''`);
  }
  for (const [dimension, sql] of [['hour', hourSql], ['weekday', weekdaySql]] as const) {
    const values = query.where.get(dimension);
    if (values) conditions.push(`${sql(query.fromMs, query.toMs, query.clock, 'f')} IN (${parameters.list(values.map(Number))})`);
  }
  if (!fact.kept && allowed(query, 'team')?.length === 0) conditions.push('1 = 0');
  return conditions;
}

/** The teams of an agent at the start of the quarter-hour: rows and rollups must agree, so no finer. */
function memberCondition(alias: string): string {
  const at = 'CAST(f.quarter AS BIGINT) * 900000';
  return `${alias}.tenant = f.tenant AND ${alias}.agent = f.agent`
    + ` AND ${at} >= coalesce(ms_of(${alias}.valid_from), 0) AND (${alias}.valid_to IS NULL OR ${at} < ms_of(${alias}.valid_to))`;
}

/** The incidents' ids of a dimension of which they have several, each with its incident. */
function membersSql({ members }: Fact, dimension: Dimension, ids: readonly string[] | null, parameters: Parameters): string {
  return `(SELECT incident, id FROM (SELECT incident, each_word(${members.get(dimension)}) AS id FROM store.incidents) AS words WHERE ${ids ? `id IN (${parameters.list(ids)})` : "id <> ''"})`;
}

/** Joins that make a row appear once for each of its ids of the dimensions that are asked by. */
function perMemberSql(fact: Fact, query: ResolvedQuery, parameters: Parameters): string {
  return query.dimensions.filter((dimension) => fact.members.has(dimension)).map((dimension) =>
    ` JOIN ${membersSql(fact, dimension, allowed(query, dimension), parameters)} AS per_${dimension} ON per_${dimension}.incident = f.incident`).join('');
}

function columnOf(dimension: Dimension): string {
  return `f.${dimension.replace('-', '_')}`;
}

/** SELECT, FROM and WHERE of a source. In groups an agent appears once for each of its teams, and an incident for each of those it concerns. */
export function selectSql(columns: string, fact: Fact, source: Source, query: ResolvedQuery, grouped: boolean, parameters: Parameters): string {
  const join = fact.kept ? (grouped ? perMemberSql(fact, query, parameters) : '') : teamJoin(query, grouped, parameters);
  const where = source.conditions.length > 0 ? ` WHERE ${source.conditions.join(' AND ')}` : '';
  return `SELECT ${columns} FROM ${source.table(`${columns}${join}${where}`)} AS f${join}${where}`;
}

function teamJoin(query: ResolvedQuery, grouped: boolean, parameters: Parameters): string {
  const perTeam = grouped && query.dimensions.includes('team');
  const teams = allowed(query, 'team');
  const among = teams?.length ? ` WHERE team IN (${parameters.list(teams)})` : '';
  // A semi join, not EXISTS: over shards a subquery may not look at the row outside.
  if (perTeam) return ` JOIN (SELECT DISTINCT tenant, agent, team, valid_from, valid_to FROM dim.team_members${among}) AS t ON ${memberCondition('t')}`;
  return teams?.length || query.dimensions.includes('team') ? ` SEMI JOIN (SELECT tenant, agent, valid_from, valid_to FROM dim.team_members${among}) AS m ON ${memberCondition('m')}` : '';
}

/** The group keys of a query over a source of a fact. */
export function keySql(fact: Fact, query: ResolvedQuery): string[] {
  return query.by.map((key) => {
    if (key === query.interval) return intervalSql(query.interval, query.fromMs, query.toMs, query.clock, 'f');
    switch (key) {
      case 'tenant': case 'site': case 'campaign': case 'queue': case 'agent': case 'medium': case 'incident-type': case 'severity': case 'component':
        return fact.members.has(key) ? `per_${key}.id` : columnOf(key);
      case 'team': return 't.team';
      case 'hour': return hourSql(query.fromMs, query.toMs, query.clock, 'f');
      case 'weekday': return weekdaySql(query.fromMs, query.toMs, query.clock, 'f');
      default: throw new Error(`no key for ${key}`);
    }
  });
}
