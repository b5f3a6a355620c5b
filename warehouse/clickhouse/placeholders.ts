export interface Placement {
  /** Of `remote_servers`; null = one server. */
  cluster: string | null;
}

/**
 * One text of a migration for a single server and for a cluster:
 * - `{on_cluster}` after a name: the statement runs on every server;
 * - `{replicated}` before an engine: its replicated kind;
 * - `{shard}` after a table's name, and `{sharded store.calls by cityHash64(call_id)}` as a statement: each server holds a part of the
 *   rows in `store.calls_shard`, `store.calls` reads and writes all of them.
 */
export function fillPlaceholders(sql: string, { cluster }: Placement): string {
  const name = cluster === null ? null : `'${cluster.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  return sql
    .replaceAll('{on_cluster}', name === null ? '' : ` ON CLUSTER ${name}`)
    .replaceAll('{replicated}', name === null ? '' : 'Replicated')
    .replaceAll('{shard}', name === null ? '' : '_shard')
    .replaceAll(/\{sharded store\.(\w+) by ([^}]+)\}/g, (_all, table: string, key: string) => (name === null ? ''
      : `CREATE TABLE IF NOT EXISTS store.${table} ON CLUSTER ${name} AS store.${table}_shard ENGINE = Distributed(${name}, currentDatabase(), store_${table}_shard, ${key})`));
}
