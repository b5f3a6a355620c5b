-- The key by which callers' numbers were turned into caller_key; of several that came at once the oldest is everybody's. Loads take it from
-- here, so that it stands in no statement, and whoever brings another one loads nothing. Taken at: by the clock of who brought it.
CREATE TABLE IF NOT EXISTS store.caller_key{on_cluster} (secret String, taken_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))) ENGINE = {everywhere}AggregatingMergeTree ORDER BY secret;
