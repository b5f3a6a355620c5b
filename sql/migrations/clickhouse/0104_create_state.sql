-- One row when read with FINAL: the last load's mark and the newest event of all loads. Each load adds its own, the larger ones stay.
CREATE TABLE IF NOT EXISTS store.state{on_cluster} (
  one UInt8 DEFAULT 1,
  load_mark SimpleAggregateFunction(max, Int64),
  newest_event SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC')))
) ENGINE = {everywhere}AggregatingMergeTree
ORDER BY one;
INSERT INTO store.state (load_mark, newest_event) SELECT 0, NULL;
