-- One row per inbound call that is over, for what came of it: the outcome goes to the last campaign, queue and agent.
-- The class of a status may change with the configuration, so outcomes are always read from the rows.
-- fact: outcomes
-- grain: calls
-- dimensions: tenant site campaign queue agent team medium
-- time: arrived_at
-- columns:
--   reached    sum  an agent had the caller
--   qualified  sum  the agent set a status
--   argued     sum  status of the class argued, the positive ones included (CA)
--   positive   sum  status of the class positive, appointments included (CP)
CREATE OR REPLACE VIEW facts.outcomes AS
SELECT
  c.tenant, coalesce(c.site, '') AS site, coalesce(c.last_campaign, c.campaign, '') AS campaign, coalesce(c.medium, '') AS medium,
  coalesce(c.last_queue, c.first_queue, '') AS queue, coalesce(c.last_agent, c.first_agent, '') AS agent,
  c.call_id, c.started_at AS arrived_at, quarter_of(c.started_at) AS quarter,
  CAST(coalesce(c.answered, false) AS INTEGER) AS reached,
  CAST(c.status_num IS NOT NULL AND c.status_group > 0 AS INTEGER) AS qualified,
  coalesce(s.argued, 0) AS argued,
  coalesce(s.positive, 0) AS positive
FROM store.calls AS c
LEFT JOIN (
  SELECT
    tenant, status_group, status_num, status_detail,
    max(CASE WHEN outcome IN ('argued', 'positive', 'appointment') THEN 1 ELSE 0 END) AS argued,
    max(CASE WHEN outcome IN ('positive', 'appointment') THEN 1 ELSE 0 END) AS positive
  FROM dim.statuses
  GROUP BY tenant, status_group, status_num, status_detail
) AS s ON s.tenant = c.tenant AND s.status_group = c.status_group AND s.status_num = c.status_num AND s.status_detail = coalesce(c.status_detail, 0)
WHERE c.direction = 'inbound' AND coalesce(c.row_state, 2) >= 2 /*{range c.started_at}*/
