-- One row per outbound call that is over, for what came of it: the outcome goes to the last campaign and agent.
-- The class of a status may change with the configuration, so outcomes are always read from the rows.
-- fact: dial_outcomes
-- grain: calls
-- dimensions: tenant site campaign team agent medium
-- time: arrived_at
-- columns:
--   argued        sum  status of the class argued, the positive ones included (CA)
--   positive      sum  status of the class positive, appointments included (CP)
--   appointments  sum  status of the class appointment
CREATE OR REPLACE VIEW facts.dial_outcomes AS
SELECT
  c.tenant, coalesce(c.site, '') AS site, coalesce(c.last_campaign, c.campaign, '') AS campaign, coalesce(c.medium, '') AS medium,
  '' AS queue, coalesce(c.last_agent, c.first_agent, '') AS agent,
  c.call_id, c.started_at AS arrived_at, quarter_of(c.started_at) AS quarter,
  coalesce(s.argued, 0) AS argued,
  coalesce(s.positive, 0) AS positive,
  coalesce(s.appointments, 0) AS appointments
FROM store.calls AS c
LEFT JOIN (
  SELECT
    tenant, status_group, status_num, status_detail,
    max(CASE WHEN outcome IN ('argued', 'positive', 'appointment') THEN 1 ELSE 0 END) AS argued,
    max(CASE WHEN outcome IN ('positive', 'appointment') THEN 1 ELSE 0 END) AS positive,
    max(CASE WHEN outcome = 'appointment' THEN 1 ELSE 0 END) AS appointments
  FROM dim.statuses
  GROUP BY tenant, status_group, status_num, status_detail
) AS s ON s.tenant = c.tenant AND s.status_group = c.status_group AND s.status_num = c.status_num AND s.status_detail = coalesce(c.status_detail, 0)
WHERE c.direction = 'outbound' AND coalesce(c.row_state, 2) >= 2 /*{range c.started_at}*/
