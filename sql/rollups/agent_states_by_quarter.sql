-- A day of the rollup: agents' time and contacts by agent.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/agent_states.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: agent_states
-- table: store.agent_states_by_quarter
-- unit: quarter
-- keys: tenant site agent
INSERT INTO store.agent_states_by_quarter (quarter, tenant, site, agent, {columns})
SELECT quarter, tenant, site, agent, {merged}
FROM facts.agent_states
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY quarter, tenant, site, agent
ORDER BY quarter, tenant, site, agent
