-- One row per visit of a call to a queue and an agent, and version. Key: tenant, call_id, leg. Times are UTC, durations whole seconds.
-- A row's version is its state, then the source's sequence, then its arrival: the newest wins, whatever came in which order. A row whose place in
-- the key changed (its start) is also written with is_deleted at its old place.
CREATE TABLE IF NOT EXISTS store.legs{shard}{on_cluster} (
  tenant LowCardinality(String),
  source LowCardinality(String),
  row_state Int32 DEFAULT 2,
  source_sequence Int64 CODEC(ZSTD(1)),
  load_mark Int64 CODEC(ZSTD(1)),
  call_id String CODEC(ZSTD(1)),
  leg Int32,
  visit Int32,
  direction LowCardinality(String),
  medium LowCardinality(String),
  site LowCardinality(String),
  campaign LowCardinality(String),
  queue LowCardinality(String),
  agent LowCardinality(String),
  entered_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  answered_at Nullable(DateTime64(3, 'UTC')),
  left_at Nullable(DateTime64(3, 'UTC')),
  outcome LowCardinality(String),
  wait_s Int32,
  ring_s Int32,
  talk_s Int32,
  hold_s Int32,
  wrapup_s Int32,
  target_s Nullable(Int32),
  short_abandon_s Nullable(Int32),
  transferred Bool,
  ended_by_agent Bool,
  derived Bool,
  extra Nullable(String) CODEC(ZSTD(1)),
  is_deleted UInt8,
  version UInt128 MATERIALIZED bitShiftLeft(toUInt128(row_state), 112) + bitShiftLeft(toUInt128(bitXor(reinterpretAsUInt64(source_sequence), 9223372036854775808)), 48) + load_mark CODEC(ZSTD(1))
) ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(entered_at)
ORDER BY (tenant, entered_at, call_id, leg)
-- A month whose parts are older than six hours becomes one part: it is read without looking for newer versions, which takes a third less.
SETTINGS non_replicated_deduplication_window = 1000, min_age_to_force_merge_seconds = 21600, min_age_to_force_merge_on_partition_only = 1;
{sharded store.legs by cityHash64(call_id)};
