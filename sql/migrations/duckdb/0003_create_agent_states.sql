-- One row per state of an agent. Key: tenant, agent, started_at, state.
-- Times are UTC without zone, durations whole seconds (here milliseconds).
CREATE TABLE IF NOT EXISTS store.agent_states (
  tenant VARCHAR NOT NULL,
  source VARCHAR,
  row_state INTEGER,
  source_sequence BIGINT,
  load_mark BIGINT,
  agent VARCHAR NOT NULL,
  site VARCHAR,
  state VARCHAR NOT NULL,
  reason VARCHAR,
  session_id VARCHAR,
  started_at TIMESTAMP NOT NULL,
  duration_ms BIGINT,
  call_id VARCHAR,
  queue VARCHAR,
  campaign VARCHAR,
  extra JSON
);
