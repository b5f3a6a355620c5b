-- The UTC days that loads wrote into or took rows from, noted before they do: a closed day with a younger mark than its closing
-- is open again. Whoever closes a day may delete its older rows.
CREATE TABLE IF NOT EXISTS store.touched_days{on_cluster} (
  -- calls, legs or agent_states
  target LowCardinality(String),
  day Date,
  load_mark Int64
) ENGINE = {everywhere}ReplacingMergeTree(load_mark)
ORDER BY (target, day)
SETTINGS non_replicated_deduplication_window = 1000;
