-- Rollups of outbound calls by UTC quarter-hour and by UTC day, filled by sql/rollups/ when a day closes. Columns as in facts.dials.
CREATE TABLE IF NOT EXISTS store.dials_by_quarter{on_cluster} (
  quarter Int32 CODEC(Delta, ZSTD(1)),
  tenant LowCardinality(String),
  site LowCardinality(String),
  campaign LowCardinality(String),
  agent LowCardinality(String),
  medium LowCardinality(String),
  dial_attempts Int64 CODEC(T64, LZ4),
  reached Int64 CODEC(T64, LZ4),
  passed Int64 CODEC(T64, LZ4),
  nuisance_calls Int64 CODEC(T64, LZ4),
  machines Int64 CODEC(T64, LZ4),
  busy Int64 CODEC(T64, LZ4),
  invalid Int64 CODEC(T64, LZ4),
  no_answer Int64 CODEC(T64, LZ4),
  cancelled Int64 CODEC(T64, LZ4),
  interrupted Int64 CODEC(T64, LZ4),
  wait_s Int64 CODEC(T64, LZ4),
  handled Int64 CODEC(T64, LZ4),
  talk_s Int64 CODEC(T64, LZ4),
  hold_s Int64 CODEC(T64, LZ4),
  wrapup_s Int64 CODEC(T64, LZ4)
) ENGINE = {everywhere}MergeTree
PARTITION BY toYYYYMM(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, agent, medium)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
CREATE TABLE IF NOT EXISTS store.dials_by_day{on_cluster} AS store.dials_by_quarter ENGINE = {everywhere}MergeTree
PARTITION BY toYear(toDate(intDiv(quarter, 96)))
ORDER BY (quarter, tenant, site, campaign, agent, medium)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;
