-- What became of the calls that one source has dialed, for its call files: whom they call again goes by it. An agent who had the call makes it
-- passed, whatever the system's status says of whom the agent heard. Parameters: {calls} is call_rows.sql; $source; $from, $to: bounds of the start (UTC).
-- Grain: one row per outbound call, the oldest first.
SELECT
  c.tenant AS tenant, c.campaign AS campaign, c.call_id AS call_id, ms_of(c.started_at) AS started_ms, greatest(c.duration_s - c.wrapup_s, 0) AS call_s,
  c.contact_index AS contact_index, c.dialed AS dialed, CASE WHEN c.first_agent <> '' THEN 'passed' ELSE c.result END AS result, c.agent AS agent,
  c.status_group AS status_group, c.status_num AS status_num, c.status_detail AS status_detail
FROM (/*{calls}*/) AS c
WHERE c.source = $source AND c.direction = 'outbound'
ORDER BY c.started_at, c.call_id
