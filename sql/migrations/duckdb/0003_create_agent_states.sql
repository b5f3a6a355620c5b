-- One row per state of an agent. Key: tenant, agent, started_at, state.
-- Times are UTC without zone, durations whole seconds (here milliseconds).
-- Codes and numbers name the compression that the engine would choose: finding it out is a fifth of an insert. It falls back by itself.
CREATE TABLE IF NOT EXISTS store.agent_states (
  tenant VARCHAR USING COMPRESSION dictionary NOT NULL,
  source VARCHAR USING COMPRESSION dictionary,
  row_state INTEGER,
  source_sequence BIGINT,
  load_mark BIGINT,
  agent VARCHAR USING COMPRESSION dictionary NOT NULL,
  site VARCHAR USING COMPRESSION dictionary,
  state VARCHAR USING COMPRESSION dictionary NOT NULL,
  reason VARCHAR USING COMPRESSION dictionary,
  session_id VARCHAR USING COMPRESSION fsst,
  started_at TIMESTAMP NOT NULL,
  duration_ms BIGINT,
  call_id VARCHAR USING COMPRESSION fsst,
  queue VARCHAR USING COMPRESSION dictionary,
  campaign VARCHAR USING COMPRESSION dictionary,
  extra JSON
);
