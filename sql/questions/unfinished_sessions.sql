-- Sessions of one source's agents of which no log-out is known, and until when they are. Parameter: $source. Asked when that source starts again.
-- Grain: one row per session. A session has a row without length at its log-in and at its log-out; none lasts two days.
SELECT tenant, agent, session_id, max(ms_of(started_at) + duration_ms) AS known_until_ms, max(coalesce(source_sequence, 0)) AS source_sequence
FROM store.agent_states
WHERE source = $source AND session_id <> '' AND started_at >= (SELECT newest_event FROM store.state) - INTERVAL 2 DAY
GROUP BY tenant, agent, session_id
HAVING count(DISTINCT started_at) FILTER (WHERE state = 'logged_out') < 2 AND max(ms_of(started_at) + duration_ms) > min(ms_of(started_at))
