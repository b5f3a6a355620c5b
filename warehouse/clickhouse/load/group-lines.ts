import type { Group } from '../../load-plan.ts';
import type { ExpressionRenderer } from '../../load/expression.ts';
import { layered } from '../../load/layers.ts';
import type { SourceSql } from './source.ts';

/** Lines of an event log → one row per group; the values take their names' place. */
export function groupLines(source: SourceSql, group: Group, renderer: ExpressionRenderer): SourceSql {
  const by = renderer.as(group.by, 'text', 'group');
  const where = group.where === undefined ? 'true' : renderer.condition(group.where).sql;
  const values = Object.values(group.values).map((aggregate, index) => {
    const chosen = aggregate.where === undefined ? 'true' : renderer.condition(aggregate.where).sql;
    const numeric = ['min', 'max', 'sum'].includes(aggregate.take);
    const of = numeric ? renderer.as(aggregate.of, 'bigint', 'group') : renderer.as(aggregate.of, 'text', 'group');
    const call = {
      first: `argMinIf(${of.sql}, line_number, ${chosen})`, last: `argMaxIf(${of.sql}, line_number, ${chosen})`, min: `minIf(${of.sql}, ${chosen})`, max: `maxIf(${of.sql}, ${chosen})`,
      sum: `sumIf(${of.sql}, ${chosen})`, count: `countIf(isNotNull(${of.sql}) AND ${chosen})`,
    }[aggregate.take];
    return `CAST(${call} AS VARCHAR) AS g${index}`;
  });
  return {
    ...source,
    sql: `SELECT ${values.join(', ')}, arrayStringConcat(arrayMap(pair -> tupleElement(pair, 2), arraySort(groupArray((line_number, line_text)))), '\\n') AS line, min(line_number) AS line_number, NULL AS unknown
      FROM (${layered(`SELECT * EXCEPT line_number, line_number, ${source.raw} AS line_text FROM (${source.sql})`, renderer)}) WHERE ${where} GROUP BY ${by.sql} ORDER BY min(line_number)`,
    raw: 'line', blank: 'false', broken: 'NULL',
    names: new Map(Object.keys(group.values).map((name, index) => [name, `g${index}`])),
  };
}
