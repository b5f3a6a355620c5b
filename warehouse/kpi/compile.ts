import { WarehouseError } from '../warehouse.ts';
import type { SqlValue } from '../engine.ts';
import type { Catalogue, Fact, Measure } from './catalogue.ts';
import type { ClosedDays } from './closed-days.ts';
import type { Token } from './expression.ts';
import { hasRollup, keySql, scopedDimensions, selectSql, sourcesOf } from './fact-source.ts';
import type { Source } from './fact-source.ts';
import { isBelowQuarter } from './interval.ts';
import { Parameters } from './parameters.ts';
import type { ResolvedQuery } from './resolve-query.ts';

/** What a statement gives: the groups, all merged into one row, or both, told apart by the column `total` (0 or 1). */
export type Take = 'rows' | 'totals' | 'rows-and-totals';

export interface CompiledQuery { sql: string; parameters: Record<string, SqlValue> }
/** A row of a statement, before its columns have their names. */
export type PlainRow = Record<string, string | number | null>;

interface ChosenMeasure { measure: Measure; fact: Fact; expression: Token[] }

/**
 * One statement for all measures. Each fact is read once per stretch of time and merged to the asked keys; the
 * facts stand below each other (UNION ALL, columns of the others NULL), are merged again by the keys, and the
 * measures' expressions are arithmetic over that. Columns: `k0…` the keys of `by`, `m0…` the measures. With `state`,
 * a SELECT of one row, its columns stand beside each row, and `found` is 1; without any row they stand alone.
 *
 * @throws WarehouseError `invalid-query` when no grain of a measure carries what is asked.
 */
export function compileKpi(asked: ResolvedQuery, catalogue: Catalogue, closedDays: ClosedDays, take: Take, state?: string): CompiledQuery {
  const parameters = new Parameters();
  const chosen = asked.measures.map((measure) => chooseFact(measure, asked));
  const columns = [...new Map(chosen.flatMap(({ fact, expression }) =>
    expression.flatMap((token) => (token.kind === 'column' ? [[alias(fact, token.column), { fact, ...token }] as const] : [])))).entries()];
  const grouped = take !== 'totals';
  const names = grouped ? asked.by.map((_key, index) => `k${index}`) : [];
  // By name: a part that each shard answers by itself has no positions.
  const groupBy = names.length > 0 ? ` GROUP BY ${names.join(', ')}` : '';
  const named = (more: string[]): string => [...names, ...more].join(', ');

  const ctes: string[] = [];
  const parts: string[] = [];
  for (const fact of new Set(chosen.map((one) => one.fact))) {
    // What concerns several is in the total once, and in it too where it concerns nobody by name.
    const query = fact.kept && !grouped ? { ...asked, by: [], dimensions: [] } : asked;
    const own = columns.filter(([, column]) => column.fact === fact);
    const keys = grouped ? keySql(fact, query) : [];
    const keyed = (more: string[]): string => [...keys.map((key, index) => `${key} AS k${index}`), ...more].join(', ');
    const merging = own.filter(([, column]) => column.merge !== 'histogram');
    const histograms = own.filter(([, column]) => column.merge === 'histogram');
    const mergedOf = (name: string, column: { column: string; merge: string }, wanted: boolean): string =>
      (wanted ? `CAST(${column.merge === 'max' ? 'max' : 'sum'}(f.${column.column}) AS BIGINT) AS ${name}` : `CAST(NULL AS BIGINT) AS ${name}`);
    // The rows are read once for both, where both find the same days in rollups.
    const together = histograms.length === 1 && merging.length > 0 && hasRollup(fact, query, catalogue.rollups, null) === hasRollup(fact, query, catalogue.rollups, histograms[0]?.[1].column ?? null);
    if (merging.length > 0 && !together) {
      const merged = columns.map(([name, column]) => mergedOf(name, column, column.fact === fact && column.merge !== 'histogram'));
      for (const source of sourcesOf(fact, query, catalogue.rollups, { histogram: null }, closedDays, parameters))
        parts.push(onEachShard(fact, source, `${selectSql(keyed(merged), fact, source, query, grouped, parameters)}${groupBy}`));
    }
    for (const [name, { column }] of histograms) {
      const beside = together ? merging : [];
      const counts = sourcesOf(fact, query, catalogue.rollups, { histogram: column }, closedDays, parameters).map((source) => {
        const count = source.kind === 'rollup' ? 'sum(f.bucket_count)' : `count(f.${column})`;
        const narrowed = together ? source : { ...source, conditions: [...source.conditions, `f.${column} IS NOT NULL`] };
        const values = beside.map(([other, { column: otherColumn, merge }]) => mergedOf(other, { column: otherColumn, merge }, source.kind === 'rows'));
        return onEachShard(fact, source, `${selectSql(keyed([`f.${column} AS bucket`, `CAST(${count} AS BIGINT) AS n`, ...values]), fact, narrowed, query, grouped, parameters)} GROUP BY ${named(['bucket'])}${source.kind === 'rows' ? NO_EMPTY_GROUPS : ''}`);
      });
      if (together) {
        const values = beside.map(([other, { column: otherColumn, merge }]) => mergedOf(other, { column: otherColumn, merge }, true));
        for (const source of sourcesOf(fact, query, catalogue.rollups, { histogram: null, rollupsOnly: true }, closedDays, parameters))
          counts.push(`${selectSql(keyed(['CAST(NULL AS BIGINT) AS bucket', 'CAST(0 AS BIGINT) AS n', ...values]), fact, source, query, grouped, parameters)}${groupBy}`);
      }
      const again = beside.map(mergedAgain);
      const carried = beside.map(([other]) => other);
      const partition = names.length > 0 ? `PARTITION BY ${names.join(', ')}` : '';
      ctes.push(`${name}__counts AS (${mergedGroups(counts, named(['bucket', 'CAST(sum(n) AS BIGINT) AS n', ...again]), ` GROUP BY ${named(['bucket'])}`)})`);
      ctes.push(`${name}__below AS (SELECT ${named(['bucket', `sum(n) OVER (${partition} ORDER BY bucket) AS below`, `sum(n) OVER (${partition}) AS every`, ...carried])} FROM ${name}__counts)`);
      const percentile = 'CAST(min(CASE WHEN bucket IS NOT NULL AND below * 10 >= every * 9 THEN bucket END) AS BIGINT)';
      const values = columns.map(([other, { merge }]) => (other === name ? `${percentile} AS ${name}` : carried.includes(other) ? mergedAgain([other, { merge }]) : `CAST(NULL AS BIGINT) AS ${other}`));
      parts.push(`SELECT ${named(values)} FROM ${name}__below${groupBy}`);
    }
  }
  // A single part has each group once: planning another merge of it costs more than a day's rows.
  const once = parts.length === 1 && take !== 'rows-and-totals';
  ctes.push(`parts AS (${once ? mergedGroups(parts, named(columns.map(mergedAgain)), groupBy) : parts.join('\nUNION ALL\n')})`);
  const results = chosen.map((one, index) => `${resultSql(one, once)} AS m${index}`);
  if (take === 'rows-and-totals') results.push(`CAST(grouping(${names[0] ?? ''}) AS INTEGER) AS total`);
  const groups = take === 'rows-and-totals' ? `GROUPING SETS ((${named([])}), ())` : named([]);
  if (state !== undefined) results.push('1 AS found');
  const answer = `SELECT ${named(results)} FROM parts${names.length > 0 && !once ? ` GROUP BY ${groups}` : ''}`;
  const order = names.length > 0 ? ` ORDER BY ${named([])}` : '';
  const select = state === undefined ? answer : `SELECT * FROM (${state}) AS state LEFT JOIN (${answer}) AS answer ON true`;
  return { sql: `WITH ${ctes.join(',\n')}\n${select}${order}`, parameters: parameters.values };
}

/**
 * Whether the totals are the merged rows. An agent in several teams stands in several rows but counts once, so does an incident that
 * concerns several, and a percentile is not made from percentiles.
 */
export function totalsOfRows(query: ResolvedQuery): boolean {
  return !query.dimensions.includes('team')
    && query.measures.every((measure) => { const { fact } = chooseFact(measure, query); return !query.dimensions.some((dimension) => fact.members.has(dimension) || fact.wholes.has(dimension)); })
    && query.measures.every((measure) => chooseFact(measure, query).expression.every((token) => token.kind !== 'column' || token.merge !== 'histogram'));
}

/** The first grain whose fact has all dimensions that are asked, preferring one that the viewer's scope can be applied to as well. */
function chooseFact(measure: Measure, query: ResolvedQuery): ChosenMeasure {
  const asked = [...query.dimensions, ...query.where.keys()].filter((key) => key !== 'hour' && key !== 'weekday');
  const able = measure.facts.filter(({ fact }) => asked.every((key) => fact.dimensions.has(key)) && !(fact.time === 'quarter' && isBelowQuarter(query.interval)));
  const chosen = able.find(({ fact }) => scopedDimensions(query).every((key) => fact.dimensions.has(key))) ?? able[0];
  if (!chosen) {
    if (isBelowQuarter(query.interval)) throw new WarehouseError('invalid-query', `the measure ${measure.info.id} is counted by quarter-hours, not by ${query.interval}; allowed: 15min and longer`);
    throw new WarehouseError('invalid-query', `the measure ${measure.info.id} cannot be asked by ${asked.join(' and ')} at once; ${measure.facts.map(({ fact }) => `${fact.id}: ${[...fact.dimensions].join(', ')}`).join('; ')}`);
  }
  return { measure, ...chosen };
}

/**
 * Marks a SELECT of groups that are merged again: where rows are on several servers each makes its own groups of its own rows.
 * To an engine without shards it is a comment.
 */
function onEachShard(fact: Fact, source: Source, select: string): string {
  return source.kind === 'rows' && fact.shards === 'each' ? `${EACH_SHARD} ${select} /*each shard}*/` : select;
}

const EACH_SHARD = '/*{each shard*/';

/** Says of a SELECT that it has a key, so that no group of it is empty: an engine need not look for that row by row. To others it is a comment. */
const NO_EMPTY_GROUPS = ' /*{no empty groups}*/';

/** Groups of several sources are merged; those of one only where several shards made them, which to an engine without shards is a comment. */
function mergedGroups(selects: readonly string[], list: string, groupBy: string): string {
  const [only] = selects;
  if (only === undefined || selects.length > 1) return `SELECT ${list} FROM (${selects.join('\nUNION ALL ')}) AS counted${groupBy}`;
  return only.startsWith(EACH_SHARD) ? `/*{on shards SELECT ${list} FROM ( */${only}/* ) AS counted${groupBy} on shards}*/` : only;
}

function mergedAgain([name, { merge }]: readonly [string, { merge: string }]): string {
  // Of BIGINTs; what a sum of them is the result says once, in its own type.
  return `${merge === 'max' ? 'max' : 'sum'}(${name}) AS ${name}`;
}

function alias(fact: Fact, column: string): string {
  return `${fact.id}__${column}`;
}

/** @param once whether each group is there once already. */
function resultSql({ measure, fact, expression }: ChosenMeasure, once: boolean): string {
  const type = measure.info.unit === 'count' ? 'BIGINT' : 'DOUBLE';
  const merged = (name: string, merge: string): string => (once ? name : `${merge === 'sum' || merge === 'distinct' ? 'sum' : 'max'}(${name})`);
  const texts = expression.map((token) => (token.kind === 'text' ? token.text : `CAST(${merged(alias(fact, token.column), token.merge)} AS ${type})`));
  // What is made of DOUBLEs is one.
  const sql = type === 'DOUBLE' || expression.length === 1 ? texts.join('') : `CAST(${texts.join('')} AS ${type})`;
  return measure.info.empty === 'zero' ? `coalesce(${sql}, 0)` : sql;
}
