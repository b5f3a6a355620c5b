-- The ledger: one row per load that is complete. load_mark is the order of arrival.
CREATE TABLE IF NOT EXISTS store.loads{on_cluster} (
  load_id String,
  load_mark Int64,
  source LowCardinality(String),
  -- calls, legs or agent_states
  target LowCardinality(String),
  mapping LowCardinality(String),
  file String,
  accepted Int64,
  updated Int64,
  unchanged Int64,
  left_out Int64,
  quarantined Int64,
  -- Start of the oldest and end of the newest event among the rows that were written; NULL when none was.
  oldest_event Nullable(DateTime64(3, 'UTC')),
  newest_event Nullable(DateTime64(3, 'UTC')),
  committed_at DateTime64(3, 'UTC')
) ENGINE = {everywhere}ReplacingMergeTree(load_mark)
ORDER BY load_id
SETTINGS non_replicated_deduplication_window = 1000;

-- Loads that are decided and not yet complete: what is staged, with its counts. Whoever finds one here completes it; done = 1 takes it away.
CREATE TABLE IF NOT EXISTS store.decided_loads{on_cluster} (
  load_mark Int64,
  load_id String,
  source LowCardinality(String),
  target LowCardinality(String),
  mapping LowCardinality(String),
  file String,
  -- The staged rows and the known ones among them: store.staged_<stage>, store.known_<stage>.
  stage String,
  derive_legs Bool,
  key_horizon_days Nullable(Int32),
  -- Of all files of this stage together.
  updated_together Int64,
  part Int32,
  accepted Int64,
  updated Int64,
  unchanged Int64,
  left_out Int64,
  quarantined Int64,
  oldest_event Nullable(DateTime64(3, 'UTC')),
  newest_event Nullable(DateTime64(3, 'UTC')),
  done UInt8,
  step UInt8 MATERIALIZED done
) ENGINE = {everywhere}ReplacingMergeTree(step, done)
ORDER BY (load_mark, load_id)
SETTINGS non_replicated_deduplication_window = 1000;

-- Who decides next: loads of several processes do so in the order in which the server took these rows, by the numbers that it gives their blocks.
CREATE TABLE IF NOT EXISTS store.turns{on_cluster} (stage String, taken_at DateTime64(3, 'UTC')) ENGINE = {everywhere}MergeTree ORDER BY stage
TTL toDateTime(taken_at) + INTERVAL 1 DAY
SETTINGS enable_block_number_column = 1;
