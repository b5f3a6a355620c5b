-- The UTC days whose rollups are whole. A day is closed while no row of store.touched_days is younger than load_mark.
CREATE TABLE IF NOT EXISTS store.closed_days{on_cluster} (day Date, load_mark Int64) ENGINE = {everywhere}ReplacingMergeTree(load_mark) ORDER BY day;
