-- Agents' time of preview and dialling, part of their other time.
ALTER TABLE store.agent_states_by_quarter{on_cluster} ADD COLUMN IF NOT EXISTS dialing_ms Int64 DEFAULT 0 CODEC(T64, LZ4);
ALTER TABLE store.agent_states_by_day{on_cluster} ADD COLUMN IF NOT EXISTS dialing_ms Int64 DEFAULT 0 CODEC(T64, LZ4);
