-- A day of the rollup: outbound calls by campaign and agent; those that reached no agent stand at ''.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/dials.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: dials
-- table: store.dials_by_quarter
-- unit: quarter
-- keys: tenant site campaign agent medium
INSERT INTO store.dials_by_quarter (quarter, tenant, site, campaign, agent, medium, {columns})
SELECT quarter, tenant, site, campaign, agent, medium, {merged}
FROM facts.dials
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY quarter, tenant, site, campaign, agent, medium
ORDER BY quarter, tenant, site, campaign, agent, medium
