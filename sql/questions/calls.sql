-- The calls of a list, a page of it: what one line shows. Names are those valid at the call's start.
-- Parameters: {semi joins}, {conditions} and {order} come from a fixed list of columns, values are bound; {limit} is bound.
-- Grain: one row per call. The wait is the first queue's, as is the target; a negative wait counts as 0.
SELECT
  p.tenant AS tenant, p.call_id AS call_id, p.started_at AS started_at, p.direction AS direction, p.medium AS medium,
  p.site AS site, p.campaign AS campaign, p.queue AS queue, p.agent AS agent, p.first_agent AS first_agent, p.caller AS caller,
  p.dialed AS dialed, p.result AS result, p.message_played AS message_played, p.fate AS fate, p.wait_s AS wait_s, p.talk_s AS talk_s, p.wrapup_s AS wrapup_s, p.duration_s AS duration_s, p.ivr_s AS ivr_s,
  p.answered_in_queue AS answered_in_queue, p.target_s AS target_s, p.transferred AS transferred,
  p.ended_by_agent AS ended_by_agent, p.status_group AS status_group, p.status_num AS status_num,
  p.status_detail AS status_detail, p.first_ivr AS first_ivr, p.last_ivr AS last_ivr, p.called AS called,
  ms_of(p.started_at) AS started_ms,
  coalesce(s.zone, '') AS site_zone, coalesce(g.name, p.campaign) AS campaign_name,
  coalesce(q.name, p.queue) AS queue_name, coalesce(a.name, p.agent) AS agent_name,
  coalesce(u.label_fr, '') AS status_fr, coalesce(u.label_en, '') AS status_en
FROM (
  SELECT c.* FROM (/*{calls}*/) AS c /*{semi joins}*/
  WHERE 1 = 1 /*{conditions}*/
  ORDER BY /*{order}*/
  LIMIT /*{limit}*/
) AS p
LEFT JOIN (SELECT site, min(zone) AS zone FROM dim.sites GROUP BY site) AS s ON s.site = p.site
LEFT JOIN (
  SELECT tenant, status_group, status_num, status_detail, min(label_fr) AS label_fr, min(label_en) AS label_en
  FROM dim.statuses GROUP BY tenant, status_group, status_num, status_detail
) AS u ON u.tenant = p.tenant AND u.status_group = p.status_group AND u.status_num = p.status_num AND u.status_detail = coalesce(p.status_detail, 0)
ASOF LEFT JOIN (SELECT tenant, campaign, name, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.campaigns) AS g
  ON g.tenant = p.tenant AND g.campaign = p.campaign AND p.started_at >= g.valid_from
ASOF LEFT JOIN (SELECT tenant, queue, name, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.queues) AS q
  ON q.tenant = p.tenant AND q.queue = p.queue AND p.started_at >= q.valid_from
ASOF LEFT JOIN (SELECT tenant, agent, name, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.agents) AS a
  ON a.tenant = p.tenant AND a.agent = p.agent AND p.started_at >= a.valid_from
ORDER BY /*{page order}*/
