-- UTC days before the latest of these are read from their rollups only: their rows are, or soon will be, taken away (VIGIE_KEEP_DAYS).
CREATE TABLE IF NOT EXISTS store.gone{on_cluster} (day Date) ENGINE = {everywhere}ReplacingMergeTree ORDER BY day;
