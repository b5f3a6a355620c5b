import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { onEachEngine } from '../test-support/each-engine.ts';
import { FULL_SCOPE } from '../warehouse.ts';
import type { Dimension, Interval } from '../warehouse.ts';
import { readSqlFolder } from '../sql-files.ts';
import { question } from '../calls/question.ts';
import { catalogue, readCatalogue } from './catalogue.ts';
import { compileKpi } from './compile.ts';
import { createViews } from './create-views.ts';
import { resolveQuery } from './resolve-query.ts';

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

onEachEngine((tested) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await tested.open();
    await createViews(engine);
  });
  afterAll(() => engine.close());

  test('every rollup has the columns and the merged columns of its fact', async () => {
    for (const rollup of shipped.rollups) {
      const fact = shipped.facts.get(rollup.fact);
      const columns = (await tested.columnsOf(engine, rollup.table)).map(({ name }) => name);
      const merged = rollup.histogram ? [rollup.histogram, 'bucket_count'] : [...fact?.columns ?? []].filter(([, merge]) => merge !== 'histogram').map(([name]) => name);
      expect(columns).toEqual(['quarter', ...rollup.keys, ...merged]);
    }
  });

  describe('the engine understands', () => {
    test.each(readSqlFolder('views').map(({ name }) => name))('the view %s', async (name) => {
      expect(await engine.query({ sql: `EXPLAIN SELECT * FROM facts.${name}` })).not.toEqual([]);
    });
    test.each(shipped.rollups.map((rollup) => rollup.id))('the rollup %s', async (id) => {
      const rollup = shipped.rollups.find((one) => one.id === id);
      expect(await engine.query({ sql: `EXPLAIN ${rollup?.insert.replace(/^INSERT INTO [^)]+\)/, '')}`, parameters: { first_quarter: 0, end_quarter: 96 } })).not.toEqual([]);
    });
    // Every dimension of each is asked by the suite that compares the engines.
    test.each([...shipped.measures.keys()])('the measure %s, from rows and rollups', async (id) => {
      const measure = shipped.measures.get(id);
      for (const by of [...(measure?.info.dimensions ?? []).slice(-3, -2).map((dimension): (Dimension | Interval)[] => [dimension, '30min']), [], ['month'] satisfies Interval[]]) {
        const query = resolveQuery({ measures: [id], by, from: '2026-03-28', to: '2026-03-31', where: {} }, FULL_SCOPE, shipped.measures, 'Europe/Paris');
        const { sql, parameters } = compileKpi(query, shipped, new Set(['2026-03-28', '2026-03-29']), 'rows');
        expect(await engine.query({ sql: `EXPLAIN ${sql}`, parameters })).not.toEqual([]);
      }
    });
    test.each(readSqlFolder('questions').map(({ name }) => name))('the question %s', async (name) => {
      const at = new Date(0);
      const inner = { calls: question('call_rows'), 'semi joins': '', conditions: '', order: 'c.call_id', 'page order': 'p.call_id', limit: '1', wanted: "tenant = 'a'" };
      const places = { ...inner, page: question('calls', inner) };
      expect(await engine.query({ sql: `EXPLAIN ${question(name, places)}`, parameters: { from: at, to: at, lookback: at, source: 'core' } })).not.toEqual([]);
    });
  });
});
