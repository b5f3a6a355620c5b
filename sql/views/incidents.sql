-- One row per incident, as its log tells it now. It belongs to the instant of its detection, whenever the rest happened.
-- It concerns several tenants and sites, or, where it names none, everybody: by tenant it counts for each, in a total once.
-- Who may see only some queues sees what concerns them or no queue by name; teams are nobody's incident.
-- fact: incidents
-- dimensions: tenant site incident-type severity
-- members: tenant tenants, site sites, queue queues
-- time: arrived_at
-- kept: always
-- columns:
--   incidents         sum  all
--   open_incidents    sum  not closed, a resolved one too
--   begun             sum  of which it is known when the trouble began
--   detect_ms         sum  of these: from then to the detection
--   acknowledged      sum  somebody took it
--   acknowledge_ms    sum  of these: from the detection
--   restored          sum  service is back
--   restore_ms        sum  of these: from the detection to the last restoration, pauses and what was taken for restored included
--   breaches          sum  the target has passed, by its own clock
--   judged            sum  restored, or breached: base of the share within target
--   within_target     sum  restored before the target
--   crises            sum  a crisis cell opened
--   reported          sum  of these: with a first report
--   first_report_ms   sum  of these: from the opening of the cell
--   rex_due           sum  a REX is written, or its time has passed
--   rex_on_time       sum  of these: written in time
CREATE OR REPLACE VIEW facts.incidents AS
SELECT
  incident, incident_type, severity, tenants, sites, queues, arrived_at, quarter_of(arrived_at) AS quarter,
  1 AS incidents,
  CASE WHEN closed_ms IS NULL THEN 1 ELSE 0 END AS open_incidents,
  CASE WHEN started_ms IS NULL THEN 0 ELSE 1 END AS begun,
  CASE WHEN started_ms IS NULL THEN 0 ELSE greatest(detected_ms - started_ms, 0) END AS detect_ms,
  CASE WHEN acknowledged_ms IS NULL THEN 0 ELSE 1 END AS acknowledged,
  CASE WHEN acknowledged_ms IS NULL THEN 0 ELSE greatest(acknowledged_ms - detected_ms, 0) END AS acknowledge_ms,
  CASE WHEN resolved_ms IS NULL THEN 0 ELSE 1 END AS restored,
  CASE WHEN resolved_ms IS NULL THEN 0 ELSE greatest(resolved_ms - detected_ms, 0) END AS restore_ms,
  CASE WHEN breached_ms IS NULL THEN 0 ELSE 1 END AS breaches,
  CASE WHEN resolved_ms IS NULL AND breached_ms IS NULL THEN 0 ELSE 1 END AS judged,
  CASE WHEN resolved_ms IS NOT NULL AND breached_ms IS NULL THEN 1 ELSE 0 END AS within_target,
  CASE WHEN crisis_ms IS NULL THEN 0 ELSE 1 END AS crises,
  CASE WHEN crisis_ms IS NULL OR first_report_ms IS NULL THEN 0 ELSE 1 END AS reported,
  CASE WHEN crisis_ms IS NULL OR first_report_ms IS NULL THEN 0 ELSE greatest(first_report_ms - crisis_ms, 0) END AS first_report_ms,
  CASE WHEN rex_due_ms IS NOT NULL AND (rex_ms IS NOT NULL OR rex_due_ms <= asked_ms) THEN 1 ELSE 0 END AS rex_due,
  CASE WHEN rex_due_ms IS NOT NULL AND rex_ms <= rex_due_ms THEN 1 ELSE 0 END AS rex_on_time
FROM (
  SELECT
    incident, incident_type, CAST(severity AS VARCHAR) AS severity, tenants, sites, queues, detected_at AS arrived_at,
    ms_of(detected_at) AS detected_ms, ms_of(started_at) AS started_ms, ms_of(acknowledged_at) AS acknowledged_ms, ms_of(resolved_at) AS resolved_ms,
    ms_of(closed_at) AS closed_ms, ms_of(breached_at) AS breached_ms, ms_of(crisis_at) AS crisis_ms, ms_of(first_report_at) AS first_report_ms,
    ms_of(rex_due_at) AS rex_due_ms, ms_of(rex_at) AS rex_ms, /*{now*/now_ms()/*now}*/ AS asked_ms
  FROM store.incidents
  WHERE 1 = 1 /*{range detected_at}*/
) AS known
