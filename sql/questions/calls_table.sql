-- Calls as a table that leaves the house: the list's columns, with names and types that are the same on every engine.
-- Parameters: {page} is calls.sql.
-- Grain: one row per call, in the order of their start. `result` and `dialed` are of outbound calls, '' elsewhere. `in_target` is NULL where no queue answered, or it has no target.
SELECT
  CAST(t.tenant AS VARCHAR) AS tenant, CAST(t.call_id AS VARCHAR) AS call_id, CAST(t.started_at AS TIMESTAMP) AS started_at,
  CAST(t.direction AS VARCHAR) AS direction, CAST(t.medium AS VARCHAR) AS medium, CAST(t.fate AS VARCHAR) AS fate,
  CAST(t.result AS VARCHAR) AS result,
  CAST(t.site AS VARCHAR) AS site, CAST(t.campaign AS VARCHAR) AS campaign, CAST(t.campaign_name AS VARCHAR) AS campaign_name,
  CAST(t.queue AS VARCHAR) AS queue, CAST(t.queue_name AS VARCHAR) AS queue_name,
  CAST(t.agent AS VARCHAR) AS agent, CAST(t.agent_name AS VARCHAR) AS agent_name, CAST(t.first_agent AS VARCHAR) AS first_agent,
  CAST(t.caller AS VARCHAR) AS caller, CAST(t.called AS VARCHAR) AS called, CAST(t.dialed AS VARCHAR) AS dialed,
  CAST(t.wait_s AS INTEGER) AS wait_s, CAST(t.talk_s AS INTEGER) AS talk_s, CAST(t.wrapup_s AS INTEGER) AS wrapup_s,
  CAST(t.duration_s AS INTEGER) AS duration_s, CAST(t.ivr_s AS INTEGER) AS ivr_s,
  CAST(t.target_s AS INTEGER) AS target_s, CAST(CASE WHEN t.answered_in_queue THEN t.wait_s <= t.target_s END AS BOOLEAN) AS in_target,
  CAST(t.transferred AS BOOLEAN) AS transferred, CAST(t.ended_by_agent AS BOOLEAN) AS ended_by_agent,
  CAST(t.message_played AS BOOLEAN) AS message_played,
  CAST(t.status_group AS INTEGER) AS status_group, CAST(t.status_num AS INTEGER) AS status_num, CAST(t.status_detail AS INTEGER) AS status_detail,
  CAST(t.status_fr AS VARCHAR) AS status_fr, CAST(t.status_en AS VARCHAR) AS status_en,
  CAST(t.first_ivr AS VARCHAR) AS first_ivr, CAST(t.last_ivr AS VARCHAR) AS last_ivr
FROM (/*{page}*/) AS t
ORDER BY t.started_at, t.tenant, t.call_id
