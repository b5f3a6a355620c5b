-- One row per inbound call, which counts once however many queues it saw: site, tenant and campaign views.
-- The call belongs to the instant of its arrival, its service level to its first queue.
-- A call is queued when its queue fate is known: answered, or over. What it cost the agents counts when it is over.
-- fact: calls
-- dimensions: tenant site campaign medium
-- time: arrived_at
-- columns:
--   offered              sum        every call that arrived
--   out_of_hours         sum        arrived while closed
--   ivr_only             sum        over, never queued, not out of hours
--   ivr_resolved         sum        of these, those that got what they wanted
--   queued               sum        entered a queue, fate known
--   answered             sum        an agent took it
--   answered_in_target   sum        W <= T
--   abandoned            sum        hung up in the queue
--   abandoned_in_target  sum        W <= T
--   short_abandoned      sum        W <= S
--   no_agent             sum        nobody was logged in
--   overflowed           sum        left for another queue by the overflow rule
--   rerouted             sum        at least one agent did not take the offer
--   wait_s               sum        W of the queued; a negative wait counts as 0
--   wait_answered_s      sum        W of the answered
--   total_wait_answered_s sum       wait over all queues, of the answered
--   wait_abandoned_s     sum        W of the abandoned
--   wait_abandoned_late_s sum       W of the abandoned after S
--   longest_wait_s       max        W of the queued
--   wait_bucket          histogram  W of the queued: exact below 120 s, the middle of 10 s below 600 s, of 60 s below 2 h
--   handled              sum        answered and over: base of what follows
--   talk_s               sum        conversation, all agents
--   hold_s               sum        on hold
--   wrapup_s             sum        after-call work
--   held                 sum        was on hold at least once
--   transferred          sum        passed on by an agent
--   ended_by_agent       sum        the agent hung up
CREATE OR REPLACE VIEW facts.calls AS
SELECT
  tenant, site, campaign, medium, queue, agent, call_id, arrived_at, quarter_of(arrived_at) AS quarter, caller_key,
  1 AS offered,
  CAST(closed AS INTEGER) AS out_of_hours,
  CAST(over AND NOT entered AND NOT closed AS INTEGER) AS ivr_only,
  CAST(over AND NOT entered AND NOT closed AND ivr_resolved AS INTEGER) AS ivr_resolved,
  CAST(is_queued AS INTEGER) AS queued,
  CAST(is_answered AS INTEGER) AS answered,
  CAST(is_answered AND w <= t AS INTEGER) AS answered_in_target,
  CAST(is_abandoned AS INTEGER) AS abandoned,
  CAST(is_abandoned AND w <= t AS INTEGER) AS abandoned_in_target,
  CAST(is_abandoned AND w <= s AS INTEGER) AS short_abandoned,
  CAST(is_queued AND no_agent AS INTEGER) AS no_agent,
  CAST(is_queued AND overflowed AS INTEGER) AS overflowed,
  CAST(is_queued AND reroute_s > 0 AS INTEGER) AS rerouted,
  CASE WHEN is_queued THEN w ELSE 0 END AS wait_s,
  CASE WHEN is_answered THEN w ELSE 0 END AS wait_answered_s,
  CASE WHEN is_answered THEN tw ELSE 0 END AS total_wait_answered_s,
  CASE WHEN is_abandoned THEN w ELSE 0 END AS wait_abandoned_s,
  CASE WHEN is_abandoned AND w > s THEN w ELSE 0 END AS wait_abandoned_late_s,
  CASE WHEN is_queued THEN w END AS longest_wait_s,
  CASE WHEN NOT is_queued THEN NULL WHEN w < 120 THEN w WHEN w < 600 THEN w - w % 10 + 5 ELSE least(w - w % 60 + 30, 7170) END AS wait_bucket,
  CAST(is_answered AND over AS INTEGER) AS handled,
  CASE WHEN is_answered AND over THEN talk_s ELSE 0 END AS talk_s,
  CASE WHEN is_answered AND over THEN hold_s ELSE 0 END AS hold_s,
  CASE WHEN is_answered AND over THEN wrapup_s ELSE 0 END AS wrapup_s,
  CAST(is_answered AND over AND hold_s > 0 AS INTEGER) AS held,
  CAST(is_answered AND over AND transferred AS INTEGER) AS transferred,
  CAST(is_answered AND over AND ended_by_agent AS INTEGER) AS ended_by_agent
FROM (
  SELECT
    *,
    entered AND (took OR over) AS is_queued,
    entered AND took AS is_answered,
    entered AND over AND hung_up AND NOT took AS is_abandoned
  FROM (
    SELECT
      tenant, coalesce(site, '') AS site, coalesce(campaign, '') AS campaign, coalesce(medium, '') AS medium,
      coalesce(first_queue, '') AS queue, coalesce(first_agent, '') AS agent, call_id, started_at AS arrived_at, coalesce(caller_key, '') AS caller_key,
      coalesce(row_state, 2) >= 2 AS over,
      coalesce(queued, false) AND NOT coalesce(closed, false) AS entered,
      coalesce(answered, false) AS took,
      coalesce(abandoned, false) AS hung_up,
      coalesce(closed, false) AS closed,
      coalesce(no_agent, false) AS no_agent,
      coalesce(overflowed, false) AS overflowed,
      coalesce(ivr_resolved, false) AS ivr_resolved,
      coalesce(transferred, false) AS transferred,
      coalesce(ended_by_agent, false) AS ended_by_agent,
      coalesce(reroute_s, 0) AS reroute_s,
      greatest(coalesce(wait_s, 0), 0) AS w,
      greatest(coalesce(total_wait_s, wait_s, 0), 0) AS tw,
      coalesce(talk_s, 0) AS talk_s, coalesce(hold_s, 0) AS hold_s, coalesce(wrapup_s, 0) AS wrapup_s,
      /*{target}*/coalesce(target_s, 20) AS t,
      /*{short}*/coalesce(short_abandon_s, 5) AS s
    FROM store.calls
    WHERE direction = 'inbound' /*{range started_at}*/
  ) AS normal
) AS fates
