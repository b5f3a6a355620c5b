-- One row per state of an agent, and version. Key: tenant, agent, started_at, state. Times are UTC, durations whole seconds (here milliseconds).
-- A row's version is its state, then the source's sequence, then its arrival: the newest wins, whatever came in which order. A row whose place in
-- the key changed (its start) is also written with is_deleted at its old place.
CREATE TABLE IF NOT EXISTS store.agent_states{shard}{on_cluster} (
  tenant LowCardinality(String),
  source LowCardinality(String),
  row_state Int32 DEFAULT 2,
  source_sequence Int64 CODEC(ZSTD(1)),
  load_mark Int64 CODEC(ZSTD(1)),
  agent LowCardinality(String),
  site LowCardinality(String),
  state LowCardinality(String),
  reason LowCardinality(String),
  session_id String CODEC(ZSTD(1)),
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  duration_ms Int64 CODEC(ZSTD(1)),
  call_id String CODEC(ZSTD(1)),
  queue LowCardinality(String),
  campaign LowCardinality(String),
  extra Nullable(String) CODEC(ZSTD(1)),
  is_deleted UInt8,
  version UInt128 MATERIALIZED bitShiftLeft(toUInt128(row_state), 112) + bitShiftLeft(toUInt128(bitXor(reinterpretAsUInt64(source_sequence), 9223372036854775808)), 48) + load_mark CODEC(ZSTD(1))
) ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(started_at)
ORDER BY (tenant, started_at, agent, state)
-- A month whose parts are older than six hours becomes one part: it is read without looking for newer versions, which takes a third less.
SETTINGS non_replicated_deduplication_window = 1000, min_age_to_force_merge_seconds = 21600, min_age_to_force_merge_on_partition_only = 1;
{sharded store.agent_states by cityHash64(agent)};
