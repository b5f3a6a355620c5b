-- A day of the rollup: agents' time and contacts by agent.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: agent_states
-- table: store.agent_states_by_quarter
-- unit: quarter
-- keys: tenant site agent
INSERT INTO store.agent_states_by_quarter (
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
  quarter, tenant, site, agent,
  CAST(sum(logged_ms) AS INTEGER),
  CAST(sum(ready_ms) AS INTEGER),
  CAST(sum(ringing_ms) AS INTEGER),
  CAST(sum(talk_ms) AS INTEGER),
  CAST(sum(hold_ms) AS INTEGER),
  CAST(sum(wrapup_ms) AS INTEGER),
  CAST(sum(pause_ms) AS INTEGER),
  CAST(sum(productive_pause_ms) AS INTEGER),
  CAST(sum(other_ms) AS INTEGER),
  CAST(sum(agent_contacts) AS INTEGER),
  CAST(sum(offers) AS INTEGER),
  CAST(sum(refused_offers) AS INTEGER)
FROM facts.agent_states
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY quarter, tenant, site, agent
ORDER BY quarter, tenant, site, agent
