-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: calls
-- table: store.calls_by_day
-- unit: day
-- keys: tenant site campaign medium
INSERT INTO store.calls_by_day (
  quarter, tenant, site, campaign, medium,
  offered,
  out_of_hours,
  ivr_only,
  ivr_resolved,
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
  ended_by_agent
)
SELECT
  $first_quarter, tenant, site, campaign, medium,
  CAST(sum(offered) AS BIGINT),
  CAST(sum(out_of_hours) AS BIGINT),
  CAST(sum(ivr_only) AS BIGINT),
  CAST(sum(ivr_resolved) AS BIGINT),
  CAST(sum(queued) AS BIGINT),
  CAST(sum(answered) AS BIGINT),
  CAST(sum(answered_in_target) AS BIGINT),
  CAST(sum(abandoned) AS BIGINT),
  CAST(sum(abandoned_in_target) AS BIGINT),
  CAST(sum(short_abandoned) AS BIGINT),
  CAST(sum(no_agent) AS BIGINT),
  CAST(sum(overflowed) AS BIGINT),
  CAST(sum(rerouted) AS BIGINT),
  CAST(sum(wait_s) AS BIGINT),
  CAST(sum(wait_answered_s) AS BIGINT),
  CAST(sum(total_wait_answered_s) AS BIGINT),
  CAST(sum(wait_abandoned_s) AS BIGINT),
  CAST(sum(wait_abandoned_late_s) AS BIGINT),
  max(longest_wait_s),
  CAST(sum(handled) AS BIGINT),
  CAST(sum(talk_s) AS BIGINT),
  CAST(sum(hold_s) AS BIGINT),
  CAST(sum(wrapup_s) AS BIGINT),
  CAST(sum(held) AS BIGINT),
  CAST(sum(transferred) AS BIGINT),
  CAST(sum(ended_by_agent) AS BIGINT)
FROM store.calls_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, campaign, medium
ORDER BY tenant, site, campaign, medium
