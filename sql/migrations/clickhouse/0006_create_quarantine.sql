-- Rows that no load could read: kept with what was read and why it was refused.
CREATE TABLE IF NOT EXISTS store.quarantine{on_cluster} (
  source LowCardinality(String),
  load_id String,
  load_mark Int64,
  -- Counted from 1, the header included.
  line Int64,
  raw String CODEC(ZSTD(1)),
  reason String CODEC(ZSTD(1)),
  quarantined_at DateTime64(3, 'UTC')
) ENGINE = {everywhere}ReplacingMergeTree
ORDER BY (load_mark, load_id, line)
SETTINGS non_replicated_deduplication_window = 1000;
