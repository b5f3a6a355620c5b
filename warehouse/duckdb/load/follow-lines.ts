import type { Follow } from '../../load-plan.ts';
import type { ExpressionRenderer } from '../../load/expression.ts';
import { layered } from '../../load/layers.ts';
import type { SourceSql } from './source.ts';

/** Lines of a log → the same lines, with what came before and comes next in the life of whoever they tell of. */
export function followLines(source: SourceSql, follow: Follow, renderer: ExpressionRenderer): SourceSql {
  const by = renderer.as(follow.by, 'text', 'follow').sql;
  const at = renderer.as(follow.at, 'bigint', 'follow').sql;
  const where = follow.where === undefined ? 'true' : renderer.condition(follow.where).sql;
  const order = `PARTITION BY ${by} ORDER BY ${at}, line_number`;
  const values = Object.values(follow.values).map((value, index) => {
    const of = renderer.as(value.of, 'text', 'follow').sql;
    const chosen = 'where' in value && value.where !== undefined ? renderer.condition(value.where).sql : 'true';
    const sql = {
      next: `lead(${of}) OVER (${order})`,
      // An empty value is the latest one, too.
      latest: `last_value(CASE WHEN ${chosen} THEN coalesce(${of}, '') END IGNORE NULLS) OVER (${order} ROWS UNBOUNDED PRECEDING)`,
      count: `CAST(count(*) FILTER (WHERE ${chosen}) OVER (${order} ROWS UNBOUNDED PRECEDING) AS VARCHAR)`,
    }[value.take];
    return `${sql} AS f${index}`;
  });
  const leaves = renderer.leaves.map(({ name }) => name);
  const numbered = `SELECT *, row_number() OVER () AS line_number FROM (${source.sql})`;
  return {
    ...source,
    // The renderer of the columns names its own leaves alike.
    sql: `SELECT * ${leaves.length === 0 ? '' : `EXCLUDE (${leaves.join(', ')})`}, ${values.join(', ')} FROM (${layered(numbered, renderer)}) WHERE ${where} ORDER BY line_number`,
    names: new Map([...source.names, ...Object.keys(follow.values).map((name, index): [string, string] => [name, `f${index}`])]),
  };
}
