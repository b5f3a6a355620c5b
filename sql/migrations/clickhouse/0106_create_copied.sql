-- What a copy has brought here from another warehouse: its parts (a table and a day, a month or all of it) with what they were
-- checked by, so that a copy that was cut off goes on where it stood.
CREATE TABLE IF NOT EXISTS store.copied{on_cluster} (source String, part String, fingerprint String, copied_at DateTime64(3, 'UTC')) ENGINE = {everywhere}ReplacingMergeTree(copied_at) ORDER BY (source, part);
