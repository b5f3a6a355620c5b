-- Calls' visits to queues and agents, in order, with the names valid when they began.
-- Parameters: {wanted}: tenants and ids of calls, bound; $from, $to: bounds of the entry, so that not all days are read.
-- Grain: one row per leg.
SELECT
  l.*, coalesce(q.name, l.queue) AS queue_name, coalesce(a.name, l.agent) AS agent_name
FROM (
  SELECT
    tenant, call_id, leg, coalesce(visit, leg) AS visit, coalesce(queue, '') AS queue, coalesce(agent, '') AS agent, entered_at, ms_of(entered_at) AS entered_ms,
    ms_of(coalesce(started_at, entered_at)) AS started_ms, ms_of(answered_at) AS answered_ms, ms_of(left_at) AS left_ms, coalesce(outcome, '') AS outcome,
    greatest(coalesce(wait_s, 0), 0) AS wait_s, coalesce(ring_s, 0) AS ring_s, coalesce(talk_s, 0) AS talk_s, coalesce(hold_s, 0) AS hold_s, coalesce(wrapup_s, 0) AS wrapup_s
  FROM store.legs
  WHERE /*{wanted}*/ AND entered_at >= $from AND entered_at < $to
) AS l
ASOF LEFT JOIN (SELECT tenant, queue, name, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.queues) AS q
  ON q.tenant = l.tenant AND q.queue = l.queue AND l.entered_at >= q.valid_from
ASOF LEFT JOIN (SELECT tenant, agent, name, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.agents) AS a
  ON a.tenant = l.tenant AND a.agent = l.agent AND l.entered_at >= a.valid_from
ORDER BY l.leg
