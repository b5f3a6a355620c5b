-- Rows that no load could read: kept with what was read and why it was refused.
CREATE TABLE IF NOT EXISTS store.quarantine (
  source VARCHAR NOT NULL,
  load_id VARCHAR NOT NULL,
  load_mark BIGINT NOT NULL,
  -- Counted from 1, the header included.
  line BIGINT NOT NULL,
  raw VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  quarantined_at TIMESTAMP NOT NULL
);
