-- The ledger: one row per committed load, written in the load's own transaction. load_mark is the order of arrival.
CREATE TABLE IF NOT EXISTS store.loads (
  load_id VARCHAR NOT NULL,
  load_mark BIGINT NOT NULL,
  source VARCHAR NOT NULL,
  -- calls, legs or agent_states
  target VARCHAR NOT NULL,
  mapping VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
  accepted BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  -- Start of the oldest and the newest event among the rows that were written; NULL when none was.
  oldest_event TIMESTAMP,
  newest_event TIMESTAMP,
  committed_at TIMESTAMP NOT NULL
);
