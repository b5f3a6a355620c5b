-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/agent_states.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: agent_states
-- table: store.agent_states_by_day
-- unit: day
-- keys: tenant site agent
INSERT INTO store.agent_states_by_day (quarter, tenant, site, agent, {columns})
SELECT $first_quarter, tenant, site, agent, {merged}
FROM store.agent_states_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, agent
ORDER BY tenant, site, agent
