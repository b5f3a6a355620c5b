-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: agent_states
-- table: store.agent_states_by_day
-- unit: day
-- keys: tenant site agent
INSERT INTO store.agent_states_by_day (
  quarter, tenant, site, agent,
  logged_ms,
  ready_ms,
  ringing_ms,
  talk_ms,
  hold_ms,
  wrapup_ms,
  pause_ms,
  productive_pause_ms,
  other_ms,
  agent_contacts,
  offers,
  refused_offers
)
SELECT
  $first_quarter, tenant, site, agent,
  CAST(sum(logged_ms) AS BIGINT),
  CAST(sum(ready_ms) AS BIGINT),
  CAST(sum(ringing_ms) AS BIGINT),
  CAST(sum(talk_ms) AS BIGINT),
  CAST(sum(hold_ms) AS BIGINT),
  CAST(sum(wrapup_ms) AS BIGINT),
  CAST(sum(pause_ms) AS BIGINT),
  CAST(sum(productive_pause_ms) AS BIGINT),
  CAST(sum(other_ms) AS BIGINT),
  CAST(sum(agent_contacts) AS BIGINT),
  CAST(sum(offers) AS BIGINT),
  CAST(sum(refused_offers) AS BIGINT)
FROM store.agent_states_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, agent
ORDER BY tenant, site, agent
