import type { ClickHouseEngine } from './engine.ts';

/** The tables of which each shard holds a part, see the migrations. */
const SHARDED = new Set(['store.calls', 'store.legs', 'store.agent_states']);

/** Up to the comment's own end: a list may hold a `*` of its own. */
const ON_SHARDS = /\/\*\{on shards ((?:(?!\*\/)[\s\S])*)\*\/|\/\*((?:(?!\*\/)[\s\S])*) on shards\}\*\//g;

/**
 * What is marked as `/*{each shard*\/ SELECT … /*each shard}*\/` is done by each shard over its own rows, so that groups travel,
 * not rows: a subquery over a Distributed table would bring all its rows here. What stands around it as `/*{on shards …*\/` and
 * `/*… on shards}*\/` merges the groups of all. Without a cluster the statement stays as it is.
 */
export function eachShard(sql: string, { cluster, database }: Pick<ClickHouseEngine, 'cluster' | 'database'>): string {
  if (cluster === null) return sql;
  const merging = sql.replaceAll(ON_SHARDS, (_all, begins?: string, ends?: string) => begins ?? ends ?? '');
  return merging.replaceAll(/\/\*\{each shard\*\/([\s\S]*?)\/\*each shard\}\*\//g, (_all, select: string) => {
    // Another server does not know which database is ours.
    const own = select.replaceAll(/\b(store|dim)\.(\w+)/g, (table, schema: string, name: string) => `\`${database}\`.\`${schema}_${name}${SHARDED.has(table) ? '_shard' : ''}\``);
    return `SELECT * FROM cluster('${cluster.replaceAll(/['\\]/g, String.raw`\$&`)}', view(${own.trim()}))`;
  });
}
