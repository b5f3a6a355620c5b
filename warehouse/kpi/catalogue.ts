import { z } from 'zod';
import { DIMENSIONS, GRAINS, UNITS } from '../warehouse.ts';
import type { Dimension, MeasureInfo } from '../warehouse.ts';
import { readSqlFolder } from '../sql-files.ts';
import type { SqlFile } from '../sql-files.ts';
import { MERGES, parseExpression } from './expression.ts';
import type { Merge, Token } from './expression.ts';
import { readSelectList } from './select-list.ts';
import type { SelectList } from './select-list.ts';
import { parseSqlHead } from './sql-head.ts';
import type { SqlHead } from './sql-head.ts';

/** A view of `sql/views/`: rows with additive columns and dimensions beside them. */
export interface Fact {
  id: string;
  /** The view's SELECT. Comments with braces (range, target, short) mark where a query narrows or overrides it. */
  select: string;
  /** The same taken apart; null where its columns cannot be left out. */
  list: SelectList | null;
  dimensions: ReadonlySet<Dimension>;
  columns: ReadonlyMap<string, Merge>;
  /** Rows are cut by `arrived_at` (an instant) or by `quarter` (pieces of states). */
  time: 'arrived_at' | 'quarter';
  /** How far before the range rows must be read. */
  lookbackMs: number;
  /** `together`: a row's figures come from several calls, which may be on several servers. */
  shards: 'each' | 'together';
  /** Dimensions of which a row has several ids, by the column that names them: by such a one a row counts for each, else once. */
  members: ReadonlyMap<Dimension, string>;
  /** Dimensions whose '' stands for all ids together, which is not the sum of them: it is read where nobody asks one. */
  wholes: ReadonlySet<Dimension>;
  /** Its rows stay when others are taken away. */
  kept: boolean;
}

/** A table of a fact's merged columns by UTC quarter-hour or UTC day, filled by a file of `sql/rollups/`. */
export interface Rollup {
  id: string;
  fact: string;
  table: string;
  /** Days are merged from quarter-hours and stand at their first one. */
  unit: 'quarter' | 'day';
  keys: ReadonlySet<Dimension>;
  /** The histogram column that it counts; null = it holds the sums and maxima. */
  histogram: string | null;
  /** INSERT … SELECT of the quarter-hours `$first_quarter` to `$end_quarter`. */
  insert: string;
}

export interface Measure {
  info: MeasureInfo;
  /** The facts of its grains, in order, each with the expression over its columns. */
  facts: { fact: Fact; expression: Token[] }[];
}

export interface Catalogue {
  facts: ReadonlyMap<string, Fact>;
  /** In the order of filling: quarter-hours before the days made from them. */
  rollups: readonly Rollup[];
  measures: ReadonlyMap<string, Measure>;
}

let shipped: Catalogue | undefined;

/** The facts, rollups and measures of `sql/`, read and checked once. @throws Error naming the file that is wrong. */
export function catalogue(): Catalogue {
  shipped ??= readCatalogue({ views: readSqlFolder('views'), rollups: readSqlFolder('rollups'), measures: readSqlFolder('measures') });
  return shipped;
}

export function readCatalogue(files: { views: SqlFile[]; rollups: SqlFile[]; measures: SqlFile[] }): Catalogue {
  const facts = new Map(files.views.map((file) => [file.name, inFile('views', file, readFact)]));
  const rollups = files.rollups.map((file) => inFile('rollups', file, (head) => readRollup(head, facts))).toSorted((a, b) => (a.unit < b.unit ? 1 : a.unit > b.unit ? -1 : 0));
  const measures = new Map(files.measures.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((file) => [file.name, inFile('measures', file, (head) => readMeasure(file.name, head, facts))]));
  return { facts, rollups, measures };
}

const words = z.string().transform((text) => text.split(/[ ,]+/).filter(Boolean));
const dimensions = words.pipe(z.array(z.enum(DIMENSIONS)));

const factHead = z.object({
  fact: z.string(), dimensions, time: z.enum(['arrived_at', 'quarter']),
  lookback: z.string().regex(/^\d+ h$/).transform((text) => Number.parseInt(text, 10) * 3_600_000).default(0),
  shards: z.enum(['each', 'together']).default('each'),
  members: z.string().default('').transform((text) => text.split(', ').filter(Boolean).map((pair) => pair.split(' '))).pipe(z.array(z.tuple([z.enum(DIMENSIONS), z.string().regex(/^\w+$/)]))),
  wholes: dimensions.default([]),
  kept: z.literal('always').optional(),
});

function readFact(head: SqlHead): Fact {
  const fields = factHead.parse(Object.fromEntries(head.fields));
  const select = head.body.replace(/^CREATE OR REPLACE VIEW facts\.\w+ AS\n/, '');
  const columns = new Map(head.columns.map(({ name, merge }) => [name, z.enum(MERGES).parse(merge)]));
  if (!columns.size || !select.startsWith('SELECT')) throw new Error('no columns or no SELECT');
  return {
    id: fields.fact, select, list: readSelectList(select), dimensions: new Set(fields.dimensions), columns, time: fields.time, lookbackMs: fields.lookback,
    shards: fields.shards, members: new Map(fields.members), wholes: new Set(fields.wholes), kept: fields.kept === 'always',
  };
}

const rollupHead = z.object({ fact: z.string(), table: z.string().regex(/^store\.\w+$/), unit: z.enum(['quarter', 'day']), keys: dimensions, histogram: z.string().nullable().default(null) });

function readRollup(head: SqlHead, facts: ReadonlyMap<string, Fact>): Rollup {
  const { fact, table, unit, keys, histogram } = rollupHead.parse(Object.fromEntries(head.fields));
  const merges = [...facts.get(fact)?.columns ?? []].filter(([, merge]) => merge !== 'histogram');
  // A day of thousands of agents without a number is more than 2^31 ms.
  const type = unit === 'day' ? 'BIGINT' : 'INTEGER';
  const insert = head.body
    .replace('{columns}', merges.map(([column]) => column).join(', '))
    .replace('{merged}', merges.map(([column, merge]) => `CAST(${merge}(${column}) AS ${type}) AS ${column}`).join(', '));
  return { id: table.replace('store.', ''), fact, table, unit, keys: new Set(keys), histogram, insert };
}

const measureHead = z.object({
  'name-fr': z.string(), 'name-en': z.string(), 'short-fr': z.string(), 'short-en': z.string(), 'formula-fr': z.string(), 'formula-en': z.string(),
  unit: z.enum(UNITS), grains: words.pipe(z.array(z.enum(GRAINS)).min(1)), fact: z.string().optional(), dimensions,
  better: z.enum(['up', 'down', 'none']), empty: z.enum(['zero', 'gap']), version: z.coerce.number().int().positive(),
});

function readMeasure(id: string, head: SqlHead, facts: ReadonlyMap<string, Fact>): Measure {
  const fields = measureHead.parse(Object.fromEntries(head.fields));
  const info: MeasureInfo = {
    id, version: fields.version,
    nameFr: fields['name-fr'], nameEn: fields['name-en'], shortFr: fields['short-fr'], shortEn: fields['short-en'],
    formulaFr: fields['formula-fr'], formulaEn: fields['formula-en'],
    unit: fields.unit, grains: fields.grains, dimensions: fields.dimensions, better: fields.better, empty: fields.empty,
  };
  const used = (fields.fact === undefined ? fields.grains.map((grain) => grain.replace('-', '_')) : [fields.fact]).map((name) => {
    const fact = facts.get(name);
    if (!fact) throw new Error(`there is no fact ${name}`);
    return { fact, expression: parseExpression(head.body, (column) => fact.columns.get(column)) };
  });
  return { info, facts: used };
}

function inFile<T>(folder: string, file: SqlFile, read: (head: SqlHead) => T): T {
  try {
    return read(parseSqlHead(file.sql));
  } catch (cause) {
    throw new Error(`sql/${folder}/${file.name}.sql: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
