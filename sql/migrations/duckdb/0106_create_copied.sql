-- What a copy has brought here from another warehouse: its parts (a table and a day, a month or all of it) with what they were
-- checked by, so that a copy that was cut off goes on where it stood.
CREATE TABLE IF NOT EXISTS store.copied (source VARCHAR NOT NULL, part VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL, copied_at TIMESTAMP NOT NULL);
