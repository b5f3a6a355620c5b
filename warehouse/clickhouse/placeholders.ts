export interface Placement {
  /** Of `remote_servers`; null = one server. */
  cluster: string | null;
  /** Whether the cluster has a Keeper: then each shard has replicas, and one statement reaches all servers. Without one each server is migrated by itself. */
  replicated: boolean;
}

/** Every server has all rows of such a table, so its path names no shard. */
const EVERYWHERE = "'/clickhouse/tables/{uuid}/everywhere', '{shard}-{replica}'";

/**
 * One text of a migration for a single server and for a cluster:
 * - `{on_cluster}` after a name: the statement runs on every server;
 * - `{shard}` after a table's name with `{replicated}` before its engine, and `{sharded store.calls by cityHash64(call_id)}` as a
 *   statement: each shard holds a part of the rows in `store.calls_shard`, `store.calls` reads and writes all of them;
 * - `{everywhere}` before an engine: every server holds all rows, as of what is small and joined;
 * - `{reachable store.calls}`: all rows, or this server's part where others may not have their tables yet.
 */
export function fillPlaceholders(sql: string, { cluster, replicated }: Placement): string {
  const name = cluster === null ? null : `'${cluster.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const onCluster = name === null || !replicated ? '' : ` ON CLUSTER ${name}`;
  return sql
    // Before the server's own macro of this name comes in below.
    .replaceAll('{shard}', name === null ? '' : '_shard')
    .replaceAll('{on_cluster}', onCluster)
    .replaceAll(/\{reachable (store\.\w+)\}/g, name === null || replicated ? '$1' : '$1_shard')
    .replaceAll('{replicated}', onCluster === '' ? '' : 'Replicated')
    .replaceAll(/\{everywhere\}(\w+)(?:\(([^)]*)\))?/g, (_all, engine: string, given?: string) => (onCluster === '' ? `${engine}${given === undefined ? '' : `(${given})`}`
      : `Replicated${engine}(${[EVERYWHERE, ...given === undefined ? [] : [given]].join(', ')})`))
    .replaceAll(/\{sharded store\.(\w+) by ([^}]+)\}/g, (_all, table: string, key: string) => (name === null ? ''
      : `CREATE TABLE IF NOT EXISTS store.${table}${onCluster} AS store.${table}_shard ENGINE = Distributed(${name}, currentDatabase(), store_${table}_shard, ${key})`));
}
