-- One row per action of an incident, of the plan or of the REX. It belongs to the instant by which it is to be done.
-- fact: incident_actions
-- dimensions: tenant site incident-type severity
-- members: tenant tenants, site sites, queue queues
-- time: arrived_at
-- kept: always
-- columns:
--   actions           sum  all
--   actions_done      sum  done
--   actions_overdue   sum  not done, and their time has passed
CREATE OR REPLACE VIEW facts.incident_actions AS
SELECT
  incident, incident_type, severity, tenants, sites, queues, arrived_at, quarter_of(arrived_at) AS quarter,
  1 AS actions,
  CASE WHEN done_at IS NULL THEN 0 ELSE 1 END AS actions_done,
  CASE WHEN done_at IS NULL AND ms_of(arrived_at) <= asked_ms THEN 1 ELSE 0 END AS actions_overdue
FROM (
  SELECT
    a.incident AS incident, i.incident_type AS incident_type, CAST(i.severity AS VARCHAR) AS severity, i.tenants AS tenants, i.sites AS sites, i.queues AS queues,
    a.due_at AS arrived_at, a.done_at AS done_at, /*{now*/now_ms()/*now}*/ AS asked_ms
  FROM store.incident_actions AS a
  JOIN store.incidents AS i ON i.incident = a.incident
  WHERE 1 = 1 /*{range a.due_at}*/
) AS known
