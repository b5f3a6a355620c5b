-- Calls as lists and the single call read them, without names. Used inside the other questions.
-- Parameters: $from, $to: bounds of the start (UTC).
-- Grain: one row per call. The queue is the first one, the agent the last one that had the call.
-- The fate is that of the whole call: a call that overflowed and was then answered is answered. An outbound call has a result too,
-- as in views/dials.sql, '' for the others; a message was played to a person for whom no agent came where the end reason is 9.
SELECT
  tenant, call_id, started_at, direction, medium, site, campaign, queue, agent, first_agent, caller, dialed, result, CAST(result = 'nuisance' AND played AS BOOLEAN) AS message_played,
  CASE
    WHEN fate <> '' THEN fate
    WHEN result = 'passed' THEN 'answered'
    WHEN result = 'nuisance' THEN 'abandoned'
    WHEN result = 'interrupted' THEN 'interrupted'
    ELSE 'not-reached'
  END AS fate,
  wait_s, talk_s, wrapup_s, duration_s, ivr_s, answered_in_queue, target_s, transferred, ended_by_agent, status_group, status_num, status_detail,
  first_ivr, last_ivr, called, source, contact_index
FROM (
  SELECT
    tenant, call_id, started_at, coalesce(direction, '') AS direction, coalesce(medium, '') AS medium,
    coalesce(site, '') AS site, coalesce(campaign, '') AS campaign,
    coalesce(first_queue, '') AS queue, coalesce(nullif(last_agent, ''), first_agent, '') AS agent, coalesce(first_agent, '') AS first_agent,
    coalesce(caller, '') AS caller, coalesce(dialed, '') AS dialed,
    CASE
      WHEN coalesce(closed, false) THEN 'closed'
      WHEN coalesce(row_state, 2) < 2 THEN 'in-progress'
      WHEN direction = 'outbound' THEN ''
      WHEN coalesce(answered, false) THEN 'answered'
      WHEN NOT coalesce(queued, false) THEN 'ivr-only'
      WHEN coalesce(abandoned, false) THEN 'abandoned'
      WHEN coalesce(no_agent, false) THEN 'no-agent'
      WHEN coalesce(overflowed, false) THEN 'overflowed'
      ELSE 'interrupted'
    END AS fate,
    CASE
      WHEN coalesce(direction, '') <> 'outbound' THEN ''
      WHEN status_group = 0 AND status_num = 93 THEN 'machine'
      WHEN status_group = 0 AND status_num = 90 THEN 'busy'
      WHEN status_group = 0 AND status_num = 91 THEN 'invalid'
      WHEN status_group = 0 AND status_num = 92 AND coalesce(first_agent, '') = '' AND (coalesce(ended_by_agent, false) OR coalesce(end_reason, 0) = 11) THEN 'cancelled'
      WHEN status_group = 0 AND status_num IN (92, 96) THEN 'no-answer'
      WHEN coalesce(first_agent, '') <> '' THEN 'passed'
      WHEN coalesce(abandoned, false) OR (status_group = 0 AND status_num = 89) THEN 'nuisance'
      WHEN coalesce(row_state, 2) < 2 THEN 'in-progress'
      ELSE 'interrupted'
    END AS result,
    coalesce(direction, '') = 'outbound' AND coalesce(end_reason, 0) = 9 AS played,
    greatest(coalesce(wait_s, 0), 0) AS wait_s, coalesce(talk_s, 0) AS talk_s, coalesce(wrapup_s, 0) AS wrapup_s, coalesce(duration_s, 0) AS duration_s,
    coalesce(ivr_s, 0) AS ivr_s, coalesce(answered, false) AND coalesce(queued, false) AND coalesce(direction, '') <> 'outbound' AS answered_in_queue,
    target_s, coalesce(transferred, false) AS transferred, coalesce(ended_by_agent, false) AS ended_by_agent,
    status_group, status_num, status_detail,
    coalesce(first_ivr, '') AS first_ivr, coalesce(last_ivr, '') AS last_ivr, coalesce(called, '') AS called,
    coalesce(source, '') AS source, coalesce(contact_index, 0) AS contact_index
  FROM store.calls
  WHERE started_at >= $from AND started_at < $to
) AS r
