-- The calls of a list, a page of it: what one line shows. Names are those valid at the call's start.
-- Parameters: {semi joins}, {conditions} and {order} come from a fixed list of columns, values are bound; {limit} is bound.
-- Grain: one row per call. The wait is the first queue's, as is the target; a negative wait counts as 0.
SELECT
  p.*, ms_of(p.started_at) AS started_ms,
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
