-- A day of the rollup: legs by queue.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: legs
-- table: store.legs_by_quarter
-- unit: quarter
-- keys: tenant site campaign queue medium
INSERT INTO store.legs_by_quarter (
  quarter, tenant, site, campaign, queue, medium,
  offered,
  out_of_hours,
  queued,
  answered,
  answered_in_target,
  abandoned,
  abandoned_in_target,
  short_abandoned,
  no_agent,
  overflowed,
  rerouted,
  wait_s,
  wait_answered_s,
  total_wait_answered_s,
  wait_abandoned_s,
  wait_abandoned_late_s,
  longest_wait_s,
  handled,
  talk_s,
  hold_s,
  wrapup_s,
  held,
  transferred,
  ended_by_agent,
  agent_contacts,
  offers,
  refused_offers
)
SELECT
  quarter, tenant, site, campaign, queue, medium,
  CAST(sum(offered) AS INTEGER),
  CAST(sum(out_of_hours) AS INTEGER),
  CAST(sum(queued) AS INTEGER),
  CAST(sum(answered) AS INTEGER),
  CAST(sum(answered_in_target) AS INTEGER),
  CAST(sum(abandoned) AS INTEGER),
  CAST(sum(abandoned_in_target) AS INTEGER),
  CAST(sum(short_abandoned) AS INTEGER),
  CAST(sum(no_agent) AS INTEGER),
  CAST(sum(overflowed) AS INTEGER),
  CAST(sum(rerouted) AS INTEGER),
  CAST(sum(wait_s) AS INTEGER),
  CAST(sum(wait_answered_s) AS INTEGER),
  CAST(sum(total_wait_answered_s) AS INTEGER),
  CAST(sum(wait_abandoned_s) AS INTEGER),
  CAST(sum(wait_abandoned_late_s) AS INTEGER),
  max(longest_wait_s),
  CAST(sum(handled) AS INTEGER),
  CAST(sum(talk_s) AS INTEGER),
  CAST(sum(hold_s) AS INTEGER),
  CAST(sum(wrapup_s) AS INTEGER),
  CAST(sum(held) AS INTEGER),
  CAST(sum(transferred) AS INTEGER),
  CAST(sum(ended_by_agent) AS INTEGER),
  CAST(sum(agent_contacts) AS INTEGER),
  CAST(sum(offers) AS INTEGER),
  CAST(sum(refused_offers) AS INTEGER)
FROM facts.legs
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY quarter, tenant, site, campaign, queue, medium
ORDER BY quarter, tenant, site, campaign, queue, medium
