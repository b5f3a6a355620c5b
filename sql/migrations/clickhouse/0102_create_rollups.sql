-- Rollups by UTC quarter-hour, filled by sql/rollups/ when a day closes, in time order. Columns as in the facts. Int64, so that days
-- have the same ones: T64 leaves out the bits that no number of a block has. With numbers of blocks and rows a day that is closed anew is taken
-- away in milliseconds; without them every part of the table would be gone through, which takes seconds.
CREATE TABLE IF NOT EXISTS store.calls_by_quarter{on_cluster} (
  quarter Int32 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  site LowCardinality(String),
  campaign LowCardinality(String),
  medium LowCardinality(String),
  offered Int64 CODEC(T64, LZ4),
  out_of_hours Int64 CODEC(T64, LZ4),
  ivr_only Int64 CODEC(T64, LZ4),
  ivr_resolved Int64 CODEC(T64, LZ4),
  queued Int64 CODEC(T64, LZ4),
  answered Int64 CODEC(T64, LZ4),
  answered_in_target Int64 CODEC(T64, LZ4),
  abandoned Int64 CODEC(T64, LZ4),
  abandoned_in_target Int64 CODEC(T64, LZ4),
  short_abandoned Int64 CODEC(T64, LZ4),
  no_agent Int64 CODEC(T64, LZ4),
  overflowed Int64 CODEC(T64, LZ4),
  rerouted Int64 CODEC(T64, LZ4),
  wait_s Int64 CODEC(T64, LZ4),
  wait_answered_s Int64 CODEC(T64, LZ4),
  total_wait_answered_s Int64 CODEC(T64, LZ4),
  wait_abandoned_s Int64 CODEC(T64, LZ4),
  wait_abandoned_late_s Int64 CODEC(T64, LZ4),
  longest_wait_s Nullable(Int64) CODEC(T64, LZ4),
  handled Int64 CODEC(T64, LZ4),
  talk_s Int64 CODEC(T64, LZ4),
  hold_s Int64 CODEC(T64, LZ4),
  wrapup_s Int64 CODEC(T64, LZ4),
  held Int64 CODEC(T64, LZ4),
  transferred Int64 CODEC(T64, LZ4),
  ended_by_agent Int64 CODEC(T64, LZ4)
) ENGINE = {everywhere}MergeTree
PARTITION BY toYYYYMM(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, medium)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.calls_waits_by_quarter{on_cluster} (
  quarter Int32 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  site LowCardinality(String),
  campaign LowCardinality(String),
  medium LowCardinality(String),
  wait_bucket Int64 CODEC(T64, LZ4),
  bucket_count Int64 CODEC(T64, LZ4)
) ENGINE = {everywhere}MergeTree
PARTITION BY toYYYYMM(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, medium, wait_bucket)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.legs_by_quarter{on_cluster} (
  quarter Int32 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  site LowCardinality(String),
  campaign LowCardinality(String),
  queue LowCardinality(String),
  medium LowCardinality(String),
  offered Int64 CODEC(T64, LZ4),
  out_of_hours Int64 CODEC(T64, LZ4),
  queued Int64 CODEC(T64, LZ4),
  answered Int64 CODEC(T64, LZ4),
  answered_in_target Int64 CODEC(T64, LZ4),
  abandoned Int64 CODEC(T64, LZ4),
  abandoned_in_target Int64 CODEC(T64, LZ4),
  short_abandoned Int64 CODEC(T64, LZ4),
  no_agent Int64 CODEC(T64, LZ4),
  overflowed Int64 CODEC(T64, LZ4),
  rerouted Int64 CODEC(T64, LZ4),
  wait_s Int64 CODEC(T64, LZ4),
  wait_answered_s Int64 CODEC(T64, LZ4),
  total_wait_answered_s Int64 CODEC(T64, LZ4),
  wait_abandoned_s Int64 CODEC(T64, LZ4),
  wait_abandoned_late_s Int64 CODEC(T64, LZ4),
  longest_wait_s Nullable(Int64) CODEC(T64, LZ4),
  handled Int64 CODEC(T64, LZ4),
  talk_s Int64 CODEC(T64, LZ4),
  hold_s Int64 CODEC(T64, LZ4),
  wrapup_s Int64 CODEC(T64, LZ4),
  held Int64 CODEC(T64, LZ4),
  transferred Int64 CODEC(T64, LZ4),
  ended_by_agent Int64 CODEC(T64, LZ4),
  agent_contacts Int64 CODEC(T64, LZ4),
  offers Int64 CODEC(T64, LZ4),
  refused_offers Int64 CODEC(T64, LZ4)
) ENGINE = {everywhere}MergeTree
PARTITION BY toYYYYMM(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, queue, medium)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.legs_waits_by_quarter{on_cluster} (
  quarter Int32 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  site LowCardinality(String),
  campaign LowCardinality(String),
  queue LowCardinality(String),
  medium LowCardinality(String),
  wait_bucket Int64 CODEC(T64, LZ4),
  bucket_count Int64 CODEC(T64, LZ4)
) ENGINE = {everywhere}MergeTree
PARTITION BY toYYYYMM(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, queue, medium, wait_bucket)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.agent_states_by_quarter{on_cluster} (
  quarter Int32 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  site LowCardinality(String),
  agent LowCardinality(String),
  logged_ms Int64 CODEC(T64, LZ4),
  ready_ms Int64 CODEC(T64, LZ4),
  ringing_ms Int64 CODEC(T64, LZ4),
  talk_ms Int64 CODEC(T64, LZ4),
  hold_ms Int64 CODEC(T64, LZ4),
  wrapup_ms Int64 CODEC(T64, LZ4),
  pause_ms Int64 CODEC(T64, LZ4),
  productive_pause_ms Int64 CODEC(T64, LZ4),
  other_ms Int64 CODEC(T64, LZ4),
  agent_contacts Int64 CODEC(T64, LZ4),
  offers Int64 CODEC(T64, LZ4),
  refused_offers Int64 CODEC(T64, LZ4)
) ENGINE = {everywhere}MergeTree
PARTITION BY toYYYYMM(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, agent)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
