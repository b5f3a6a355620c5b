-- Agents' time of preview and dialling, part of their other time.
ALTER TABLE store.agent_states_by_quarter ADD COLUMN IF NOT EXISTS dialing_ms INTEGER DEFAULT 0;
ALTER TABLE store.agent_states_by_day ADD COLUMN IF NOT EXISTS dialing_ms BIGINT DEFAULT 0;
