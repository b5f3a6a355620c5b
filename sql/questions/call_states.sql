-- The agents' states that carry a call, in order. Parameters: $tenant, $callId; $from, $to: bounds of the states' start.
-- Grain: one row per state.
SELECT
  agent, state, coalesce(reason, '') AS reason, ms_of(started_at) AS started_ms, ms_of(started_at) + coalesce(duration_ms, 0) AS ended_ms,
  coalesce(call_id, '') AS call_id, coalesce(queue, '') AS queue, coalesce(session_id, '') AS session_id
FROM store.agent_states
WHERE tenant = $tenant AND call_id = $callId AND started_at >= $from AND started_at < $to
ORDER BY started_at, agent, state
