import type { Engine } from '../../engine.ts';
import type { LoadPlan } from '../../load-plan.ts';
import { columnsRead } from '../../columns-read.ts';
import { ExpressionRenderer } from '../../load/expression.ts';
import type { RenderContext } from '../../load/expression.ts';
import { followLines } from './follow-lines.ts';
import { layered } from '../../load/layers.ts';
import { normalisedColumns, REQUIRED } from '../../load/normalise.ts';
import { keepOrder } from './row-order.ts';
import { renderSource } from './source.ts';
import type { SourceSql } from './source.ts';
import { literal } from './sql-text.ts';
import { WORDS } from './words.ts';
import { WarehouseError } from '../../warehouse.ts';
import { CONTENT } from '../../load/targets.ts';

export const STAGE = 'vigie_stage';

export interface StageOptions {
  plan: LoadPlan; files: string[]; jobTenant: string; tenants: RenderContext['tenants']; strict: boolean;
}

/**
 * Reads files once into a temporary table: the target's columns, `problem` (a reason or null), `raw`
 * (of rows with a problem), `left_out`, `blank` and `part`, the file's number. Rows keep the files' order in `rowid`.
 */
export async function stageFiles(engine: Pick<Engine, 'query' | 'execute'>, options: StageOptions): Promise<SourceSql> {
  const { plan } = options;
  const source = await renderSource(engine, plan, options.files, columnsRead(plan), options.strict);
  const grouped = plan.follow !== undefined ? followLines(source, plan.follow, new ExpressionRenderer(context(source.names, options))) : groupLines(source, options);
  const renderer = new ExpressionRenderer(context(grouped.names, options));
  const content = CONTENT[plan.target].map((column) => {
    const expression = Object.hasOwn(plan.columns, column.name) ? plan.columns[column.name] : undefined;
    return { column, value: expression === undefined ? null : renderer.as(expression, column.type, column.name) };
  });
  const leftOut = plan.leaveOut === undefined ? 'false' : renderer.condition(plan.leaveOut).sql;
  const rendered = new Map(content.flatMap(({ column, value }) => (value === null ? [] : [[column.name, value.sql]])));
  const reasons = [
    ...(plan.source.format === 'ndjson' && plan.group === undefined ? ["WHEN NOT valid THEN 'bad JSON'"] : []),
    ...renderer.checks.map(({ failed, reason }) => `WHEN ${failed} THEN ${reason}`),
    ...REQUIRED[plan.target].map((name) => `WHEN ${required(rendered.get(name))} THEN ${literal(`missing ${name}`)}`),
  ];
  const values = CONTENT[plan.target].map(({ name }) => `${rendered.get(name) ?? 'NULL'} AS ${name}`);
  const extra = plan.keepUnknown && !rendered.has('extra') ? 'unknown' : 'NULL';
  await keepOrder(engine);
  // Blank lines are neither rows nor broken: they go silently, after the file's order is fixed.
  await engine.execute({
    sql: `CREATE TEMP TABLE ${STAGE} AS SELECT ${normalisedColumns(plan.target, 'JSON')}, problem, left_out, raw, blank, part FROM (
      SELECT ${values.filter((value) => !value.endsWith(' AS extra')).join(', ')}, ${rendered.get('extra') ?? extra} AS extra,
        problem, ${leftOut} AS left_out, CASE WHEN problem IS NOT NULL THEN ${grouped.raw} END AS raw, ${grouped.blank} AS blank, ${grouped.part} AS part
      FROM (SELECT *, CASE ${reasons.join(' ')} END AS problem FROM (${layered(grouped.sql, renderer)})))`,
  });
  return source;
}

function required(sql: string | undefined): string {
  return sql === undefined ? 'true' : `${sql} IS NULL OR CAST(${sql} AS VARCHAR) = ''`;
}

/** Lines of an event log → one row per group; the values take their names' place. */
function groupLines(source: SourceSql, options: StageOptions): SourceSql {
  const { group } = options.plan;
  if (group === undefined) return source;
  const renderer = new ExpressionRenderer(context(source.names, options));
  const by = renderer.as(group.by, 'text', 'group');
  const where = group.where === undefined ? 'true' : renderer.condition(group.where).sql;
  const values = Object.values(group.values).map((aggregate, index) => {
    const filter = aggregate.where === undefined ? '' : ` FILTER (WHERE ${renderer.condition(aggregate.where).sql})`;
    const numeric = ['min', 'max', 'sum'].includes(aggregate.take);
    const of = numeric ? renderer.as(aggregate.of, 'bigint', 'group') : renderer.as(aggregate.of, 'text', 'group');
    const call = { first: `arg_min(${of.sql}, line_number)`, last: `arg_max(${of.sql}, line_number)`, min: `min(${of.sql})`, max: `max(${of.sql})`, sum: `sum(${of.sql})`, count: `count(${of.sql})` }[aggregate.take];
    return `CAST(${call}${filter} AS VARCHAR) AS g${index}`;
  });
  const numbered = `SELECT *, ${source.raw} AS line_text, row_number() OVER () AS line_number FROM (${source.sql})`;
  return {
    sql: `SELECT ${values.join(', ')}, string_agg(line_text, chr(10) ORDER BY line_number) AS line, NULL AS unknown, min(line_number) AS line_number
      FROM (${layered(numbered, renderer)}) WHERE ${where} GROUP BY ${by.sql} ORDER BY line_number`,
    raw: 'line', blank: 'false', part: '0', headerLines: source.headerLines,
    names: new Map(Object.keys(group.values).map((name, index) => [name, `g${index}`])),
  };
}

function context(names: Map<string, string>, options: StageOptions): RenderContext {
  return {
    words: WORDS, zone: options.plan.zone, jobTenant: options.jobTenant, tenants: options.tenants,
    column: (name) => {
      const sql = names.get(name);
      if (sql === undefined) throw new WarehouseError('invalid-mapping', `The mapping ${options.plan.name} reads the column ${name}, which the group does not give: known are ${[...names.keys()].join(', ')}`);
      return sql;
    },
  };
}
