-- One row per outbound call: an attempt to reach a contact, and what became of it. It belongs to the instant of its start.
-- The system's own status (group 0) comes before anything else: an agent who listens to a dial says with it that a machine answered, or
-- that the number is wrong, and nobody was reached then. A nuisance call is a person who got no agent: it is abandoned without one.
-- A dial belongs to a campaign and to no queue, so who may see only some queues sees none. Statuses of 92 are told apart as our core
-- writes them: given up by the agent who listened, or by the dialer (end reason 11).
-- fact: dials
-- grain: calls
-- dimensions: tenant site campaign team agent medium
-- time: arrived_at
-- columns:
--   dial_attempts   sum  every outbound call, in progress included
--   reached         sum  persons: passed and nuisance calls
--   passed          sum  an agent had the person
--   nuisance_calls  sum  a person answered and no agent came in time
--   machines        sum  an answering machine, or a person taken for one
--   busy            sum  the number was busy
--   invalid         sum  the number does not exist
--   no_answer       sum  nobody answered, or nobody could
--   cancelled       sum  given up while it rang, by the dialer or an agent
--   interrupted     sum  over without a result: the platform died, or stopped, under it
--   wait_s          sum  of the reached: from their answer to the agent, or to the end of their patience
--   handled         sum  passed and over: base of what follows
--   talk_s          sum  conversation, all agents
--   hold_s          sum  on hold
--   wrapup_s        sum  after-call work
CREATE OR REPLACE VIEW facts.dials AS
SELECT
  tenant, site, campaign, medium, '' AS queue, agent, call_id, arrived_at, quarter_of(arrived_at) AS quarter, result,
  1 AS dial_attempts,
  CAST(result IN ('passed', 'nuisance') AS INTEGER) AS reached,
  CAST(result = 'passed' AS INTEGER) AS passed,
  CAST(result = 'nuisance' AS INTEGER) AS nuisance_calls,
  CAST(result = 'machine' AS INTEGER) AS machines,
  CAST(result = 'busy' AS INTEGER) AS busy,
  CAST(result = 'invalid' AS INTEGER) AS invalid,
  CAST(result = 'no-answer' AS INTEGER) AS no_answer,
  CAST(result = 'cancelled' AS INTEGER) AS cancelled,
  CAST(result = 'interrupted' AS INTEGER) AS interrupted,
  CASE WHEN result IN ('passed', 'nuisance') THEN w ELSE 0 END AS wait_s,
  CAST(over AND result = 'passed' AS INTEGER) AS handled,
  CASE WHEN over AND result = 'passed' THEN talk_s ELSE 0 END AS talk_s,
  CASE WHEN over AND result = 'passed' THEN hold_s ELSE 0 END AS hold_s,
  CASE WHEN over AND result = 'passed' THEN wrapup_s ELSE 0 END AS wrapup_s
FROM (
  SELECT
    *,
    CASE
      WHEN system_status = 93 THEN 'machine'
      WHEN system_status = 90 THEN 'busy'
      WHEN system_status = 91 THEN 'invalid'
      WHEN system_status = 92 AND agent = '' AND given_up THEN 'cancelled'
      WHEN system_status IN (92, 96) THEN 'no-answer'
      WHEN agent <> '' THEN 'passed'
      WHEN hung_up OR system_status = 89 THEN 'nuisance'
      WHEN over THEN 'interrupted'
      ELSE 'in-progress'
    END AS result
  FROM (
    SELECT
      tenant, coalesce(site, '') AS site, coalesce(campaign, '') AS campaign, coalesce(medium, '') AS medium,
      coalesce(first_agent, '') AS agent, call_id, started_at AS arrived_at,
      coalesce(row_state, 2) >= 2 AS over,
      coalesce(CASE WHEN status_group = 0 THEN status_num END, 0) AS system_status,
      coalesce(abandoned, false) AS hung_up,
      coalesce(ended_by_agent, false) OR coalesce(end_reason, 0) = 11 AS given_up,
      greatest(coalesce(wait_s, 0), 0) AS w,
      coalesce(talk_s, 0) AS talk_s, coalesce(hold_s, 0) AS hold_s, coalesce(wrapup_s, 0) AS wrapup_s
    FROM store.calls
    WHERE direction = 'outbound' /*{range started_at}*/
  ) AS normal
) AS results
