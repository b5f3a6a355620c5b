-- Agents' states that touch a range, cut to it, with the agent's name at the state's start.
-- Parameters: $from, $to; {semi joins} and {conditions} from a fixed list of columns, values bound; {limit} bound.
-- Grain: one row per state. A state longer than 24 hours has lost its end: it counts as 24 hours. Log-outs have no length and no row.
SELECT
  s.*, coalesce(a.name, s.agent) AS agent_name
FROM (
  SELECT r.* FROM (
    SELECT
      tenant, coalesce(agent, '') AS agent, coalesce(site, '') AS site, state, coalesce(reason, '') AS reason, started_at,
      greatest(ms_of(started_at), ms_of($from)) AS started_ms,
      least(ms_of(started_at) + least(duration_ms, 86400000), ms_of($to)) AS ended_ms,
      coalesce(call_id, '') AS call_id, coalesce(queue, '') AS queue, coalesce(session_id, '') AS session_id
    FROM store.agent_states
    WHERE started_at >= $lookback AND started_at < $to AND state <> 'logged_out' AND duration_ms > 0
      AND ms_of(started_at) + least(duration_ms, 86400000) > ms_of($from)
  ) AS r /*{semi joins}*/
  WHERE 1 = 1 /*{conditions}*/
) AS s
ASOF LEFT JOIN (SELECT tenant, agent, name, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.agents) AS a
  ON a.tenant = s.tenant AND a.agent = s.agent AND s.started_at >= a.valid_from
ORDER BY s.tenant, s.agent, s.started_ms, s.ended_ms
LIMIT /*{limit}*/
