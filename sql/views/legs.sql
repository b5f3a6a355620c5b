-- One row per leg of a call: its visits to queues and agents. A call that overflows counts once in each queue.
-- A visit to a queue belongs to the instant of entry; its last leg carries its fate. A leg that an agent did not take adds
-- only the offer. A direct transfer to an agent has queue '': it is a contact of the agent, not a call of a queue.
-- A leg of an outbound call is a contact of the agent too, and no call of a queue: nobody called it.
-- fact: legs
-- dimensions: tenant site campaign queue agent team medium
-- time: arrived_at
-- columns:
--   offered              sum        visits to a queue, in progress and out of hours included
--   out_of_hours         sum        the queue was closed
--   queued               sum        visits with a known fate; one that the platform cut short is neither answered nor abandoned
--   answered             sum        an agent took it in this queue
--   answered_in_target   sum        W <= T
--   abandoned            sum        hung up in this queue
--   abandoned_in_target  sum        W <= T
--   short_abandoned      sum        W <= S
--   no_agent             sum        ended by the queue's "no agent" rule
--   overflowed           sum        left for another queue
--   rerouted             sum        offers that an agent did not take
--   wait_s               sum        W of the queued; a negative wait counts as 0
--   wait_answered_s      sum        W of the answered
--   total_wait_answered_s sum       the same: a visit knows its own queue only
--   wait_abandoned_s     sum        W of the abandoned
--   wait_abandoned_late_s sum       W of the abandoned after S
--   longest_wait_s       max        W of the queued
--   wait_bucket          histogram  W of the queued: exact below 120 s, the middle of 10 s below 600 s, of 60 s below 2 h
--   handled              sum        answered and over, direct transfers included: base of what follows
--   talk_s               sum        conversation
--   hold_s               sum        on hold
--   wrapup_s             sum        after-call work
--   held                 sum        was on hold at least once
--   transferred          sum        passed on by this agent
--   ended_by_agent       sum        the agent hung up
--   agent_contacts       sum        legs that an agent took, of outbound calls too; so are the next two
--   offers               sum        offers to agents, taken or not; an offer that the caller ended does not count
--   refused_offers       sum        not taken
CREATE OR REPLACE VIEW facts.legs AS
SELECT
  tenant, site, campaign, medium, queue, agent, call_id, leg, arrived_at, quarter_of(arrived_at) AS quarter,
  CAST(inbound AND queue <> '' AND outcome <> 'rerouted' AS INTEGER) AS offered,
  CAST(inbound AND queue <> '' AND outcome = 'closed' AS INTEGER) AS out_of_hours,
  CAST(is_queued AS INTEGER) AS queued,
  CAST(is_queued AND took AS INTEGER) AS answered,
  CAST(is_queued AND took AND w <= t AS INTEGER) AS answered_in_target,
  CAST(is_abandoned AS INTEGER) AS abandoned,
  CAST(is_abandoned AND w <= t AS INTEGER) AS abandoned_in_target,
  CAST(is_abandoned AND w <= s AS INTEGER) AS short_abandoned,
  CAST(is_queued AND outcome = 'no-agent' AS INTEGER) AS no_agent,
  CAST(is_queued AND outcome = 'overflowed' AS INTEGER) AS overflowed,
  CAST(inbound AND outcome = 'rerouted' AS INTEGER) AS rerouted,
  CASE WHEN is_queued THEN w ELSE 0 END AS wait_s,
  CASE WHEN is_queued AND took THEN w ELSE 0 END AS wait_answered_s,
  CASE WHEN is_queued AND took THEN w ELSE 0 END AS total_wait_answered_s,
  CASE WHEN is_abandoned THEN w ELSE 0 END AS wait_abandoned_s,
  CASE WHEN is_abandoned AND w > s THEN w ELSE 0 END AS wait_abandoned_late_s,
  CASE WHEN is_queued THEN w END AS longest_wait_s,
  CASE WHEN NOT is_queued THEN NULL WHEN w < 120 THEN w WHEN w < 600 THEN w - w % 10 + 5 ELSE least(w - w % 60 + 30, 7170) END AS wait_bucket,
  CAST(over AS INTEGER) AS handled,
  CASE WHEN over THEN talk_s ELSE 0 END AS talk_s,
  CASE WHEN over THEN hold_s ELSE 0 END AS hold_s,
  CASE WHEN over THEN wrapup_s ELSE 0 END AS wrapup_s,
  CAST(over AND hold_s > 0 AS INTEGER) AS held,
  CAST(over AND transferred AS INTEGER) AS transferred,
  CAST(over AND ended_by_agent AS INTEGER) AS ended_by_agent,
  CAST(took AND agent <> '' AS INTEGER) AS agent_contacts,
  CAST(agent <> '' AND (took OR outcome = 'rerouted') AS INTEGER) AS offers,
  CAST(agent <> '' AND outcome = 'rerouted' AS INTEGER) AS refused_offers
FROM (
  SELECT
    *,
    inbound AND queue <> '' AND (took OR outcome IN ('abandoned', 'overflowed', 'no-agent', 'interrupted')) AS is_queued,
    inbound AND queue <> '' AND outcome = 'abandoned' AS is_abandoned,
    inbound AND outcome = 'answered' AS over
  FROM (
    SELECT
      tenant, coalesce(site, '') AS site, coalesce(campaign, '') AS campaign, coalesce(medium, '') AS medium,
      coalesce(queue, '') AS queue, coalesce(agent, '') AS agent, call_id, leg, entered_at AS arrived_at, direction = 'inbound' AS inbound,
      coalesce(outcome, '') AS outcome,
      coalesce(outcome, '') = 'answered' OR (coalesce(outcome, '') = 'in-progress' AND answered_at IS NOT NULL) AS took,
      coalesce(transferred, false) AS transferred,
      coalesce(ended_by_agent, false) AS ended_by_agent,
      greatest(coalesce(wait_s, 0), 0) AS w,
      coalesce(talk_s, 0) AS talk_s, coalesce(hold_s, 0) AS hold_s, coalesce(wrapup_s, 0) AS wrapup_s,
      /*{target}*/coalesce(target_s, 20) AS t,
      /*{short}*/coalesce(short_abandon_s, 5) AS s
    FROM store.legs
    WHERE direction IN ('inbound', 'outbound') /*{range entered_at}*/
  ) AS normal
) AS fates
