import type { Follow } from '../../load-plan.ts';
import type { ExpressionRenderer } from '../../load/expression.ts';
import { layered } from '../../load/layers.ts';
import type { SourceSql } from './source.ts';

/** Lines of a log → the same lines, with what came before and comes next in the life of whoever they tell of. */
export function followLines(source: SourceSql, follow: Follow, renderer: ExpressionRenderer): SourceSql {
  const by = renderer.as(follow.by, 'text', 'follow').sql;
  const at = renderer.as(follow.at, 'bigint', 'follow').sql;
  const where = follow.where === undefined ? 'true' : renderer.condition(follow.where).sql;
  const order = `PARTITION BY ${by} ORDER BY ${at} NULLS LAST, line_number`;
  const soFar = `${order} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`;
  const values = Object.values(follow.values).map((value, index) => {
    const of = renderer.as(value.of, 'text', 'follow').sql;
    const chosen = 'where' in value && value.where !== undefined ? renderer.condition(value.where).sql : 'true';
    const sql = {
      next: `leadInFrame(toNullable(${of})) OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`,
      // An empty value is the latest one, too.
      latest: `last_value(CASE WHEN ${chosen} THEN coalesce(${of}, '') END) IGNORE NULLS OVER (${soFar})`,
      count: `CAST(sum(toInt64(${chosen})) OVER (${soFar}) AS VARCHAR)`,
    }[value.take];
    return `${sql} AS f${index}`;
  });
  const leaves = renderer.leaves.map(({ name }) => name);
  return {
    ...source,
    // The renderer of the columns names its own leaves alike.
    sql: `SELECT * ${leaves.length === 0 ? '' : `EXCEPT (${leaves.join(', ')})`}, ${values.join(', ')} FROM (${layered(source.sql, renderer)}) WHERE ${where} ORDER BY line_number`,
    names: new Map([...source.names, ...Object.keys(follow.values).map((name, index): [string, string] => [name, `f${index}`])]),
  };
}
