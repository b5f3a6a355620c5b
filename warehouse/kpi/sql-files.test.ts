import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDb } from '../duckdb/engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import type { Dimension, Interval } from '../warehouse.ts';
import { readSqlFolder } from '../sql-files.ts';
import { catalogue, readCatalogue } from './catalogue.ts';
import { compileKpi } from './compile.ts';
import { createViews } from './create-views.ts';
import { resolveQuery } from './resolve-query.ts';

const engine = openDuckDb({ path: ':memory:', threads: 1 });
beforeAll(async () => {
  await engine.migrate();
  await createViews(engine);
});
afterAll(() => engine.close());

const shipped = catalogue();

test('there are at least 30 measures, named and short in both languages', () => {
  expect(shipped.measures.size).toBeGreaterThanOrEqual(30);
  for (const { info } of shipped.measures.values()) {
    expect(info.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [info.nameFr, info.nameEn, info.shortFr, info.shortEn, info.formulaFr, info.formulaEn]) expect(text.length).toBeGreaterThan(1);
    expect(Math.max(info.shortFr.length, info.shortEn.length)).toBeLessThanOrEqual(16);
  }
});

test('every dimension that a measure names is carried by one of its facts', () => {
  for (const { info, facts } of shipped.measures.values()) {
    const carried = new Set<Dimension>([...facts.flatMap(({ fact }) => [...fact.dimensions]), 'hour', 'weekday']);
    expect(info.dimensions.filter((dimension) => !carried.has(dimension))).toEqual([]);
  }
});

test('an expression may only merge a column as its fact declares', () => {
  const views = readSqlFolder('views');
  const head = readSqlFolder('measures')[0]?.sql.replace(/^[^-].*$/m, '') ?? '';
  const withExpression = (sql: string) => () => readCatalogue({ views, rollups: [], measures: [{ name: 'x', sql: `${head}${sql}\n` }] });
  for (const sql of ['max(queued)', 'sum(longest_wait_s)', 'sum(no_such)', 'avg(queued)', '(select 1)', 'sum(queued); drop table x', 'p90(wait_s)'])
    expect(withExpression(sql)).toThrow(/sql\/measures\/x\.sql/);
});

test('every rollup has the columns and the merged columns of its fact', async () => {
  for (const rollup of shipped.rollups) {
    const fact = shipped.facts.get(rollup.fact);
    const [schema, table] = rollup.table.split('.');
    const columns = (await engine.query<{ column_name: string }>({
      sql: 'SELECT column_name FROM information_schema.columns WHERE table_schema = $schema AND table_name = $table ORDER BY ordinal_position',
      parameters: { schema: schema ?? '', table: table ?? '' },
    })).map((row) => row.column_name);
    const merged = rollup.histogram ? [rollup.histogram, 'bucket_count'] : [...fact?.columns ?? []].filter(([, merge]) => merge !== 'histogram').map(([name]) => name);
    expect(columns).toEqual(['quarter', ...rollup.keys, ...merged]);
  }
});

describe('the engine understands', () => {
  test.each(readSqlFolder('views').map(({ name }) => name))('the view %s', async (name) => {
    expect(await engine.query({ sql: `EXPLAIN SELECT * FROM facts.${name}` })).toHaveLength(1);
  });
  test.each(shipped.rollups.map((rollup) => rollup.id))('the rollup %s', async (id) => {
    const rollup = shipped.rollups.find((one) => one.id === id);
    expect(await engine.query({ sql: `EXPLAIN ${rollup?.insert}`, parameters: { first_quarter: 0, end_quarter: 96 } })).toHaveLength(1);
  });
  test.each([...shipped.measures.keys()])('the measure %s by each of its dimensions, from rows and rollups', async (id) => {
    const measure = shipped.measures.get(id);
    for (const by of [...(measure?.info.dimensions ?? []).map((dimension): (Dimension | Interval)[] => [dimension, '30min']), [], ['month'] satisfies Interval[]]) {
      const query = resolveQuery({ measures: [id], by, from: '2026-03-28', to: '2026-03-31', where: {} }, FULL_SCOPE, shipped.measures, 'Europe/Paris');
      const { sql, parameters } = compileKpi(query, shipped, new Set(['2026-03-28', '2026-03-29']), 'rows');
      expect(await engine.query({ sql: `EXPLAIN ${sql}`, parameters })).toHaveLength(1);
    }
  });
});
