-- The UTC days that a load wrote into or took rows from, in the load's own transaction: a closed day
-- with a younger mark than its closing is open again. Whoever closes a day may delete its older rows.
CREATE TABLE IF NOT EXISTS store.touched_days (
  -- calls, legs or agent_states
  target VARCHAR NOT NULL,
  day DATE NOT NULL,
  load_mark BIGINT NOT NULL
);
