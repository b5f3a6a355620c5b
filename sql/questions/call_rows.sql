-- Calls as lists and the single call read them, without names. Used inside the other questions.
-- Parameters: $from, $to: bounds of the start (UTC).
-- Grain: one row per call. The queue is the first one, the agent the last one that had the call.
-- The fate is that of the whole call: a call that overflowed and was then answered is answered.
SELECT
  tenant, call_id, started_at, coalesce(direction, '') AS direction, coalesce(medium, '') AS medium,
  coalesce(site, '') AS site, coalesce(campaign, '') AS campaign,
  coalesce(first_queue, '') AS queue, coalesce(nullif(last_agent, ''), first_agent, '') AS agent, coalesce(first_agent, '') AS first_agent,
  coalesce(caller, '') AS caller,
  CASE
    WHEN coalesce(closed, false) THEN 'closed'
    WHEN coalesce(row_state, 2) < 2 THEN 'in-progress'
    WHEN coalesce(answered, false) THEN 'answered'
    WHEN NOT coalesce(queued, false) THEN 'ivr-only'
    WHEN coalesce(abandoned, false) THEN 'abandoned'
    WHEN coalesce(no_agent, false) THEN 'no-agent'
    WHEN coalesce(overflowed, false) THEN 'overflowed'
    ELSE 'interrupted'
  END AS fate,
  greatest(coalesce(wait_s, 0), 0) AS wait_s, coalesce(talk_s, 0) AS talk_s, coalesce(wrapup_s, 0) AS wrapup_s, coalesce(duration_s, 0) AS duration_s,
  coalesce(ivr_s, 0) AS ivr_s, coalesce(answered, false) AND coalesce(queued, false) AS answered_in_queue,
  target_s, coalesce(transferred, false) AS transferred, coalesce(ended_by_agent, false) AS ended_by_agent,
  status_group, status_num, status_detail,
  coalesce(first_ivr, '') AS first_ivr, coalesce(last_ivr, '') AS last_ivr, coalesce(called, '') AS called
FROM store.calls
WHERE started_at >= $from AND started_at < $to
