-- The agents' states that carry calls, in order. Parameters: {wanted}: tenants and ids of calls, bound; $from, $to: bounds of the states' start.
-- Grain: one row per state.
SELECT
  tenant, agent, state, coalesce(reason, '') AS reason, ms_of(started_at) AS started_ms, ms_of(started_at) + coalesce(duration_ms, 0) AS ended_ms,
  coalesce(call_id, '') AS call_id, coalesce(queue, '') AS queue, coalesce(session_id, '') AS session_id
FROM store.agent_states
WHERE /*{wanted}*/ AND started_at >= $from AND started_at < $to
ORDER BY started_at, agent, state
