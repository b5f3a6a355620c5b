-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/dials.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: dials
-- table: store.dials_by_day
-- unit: day
-- keys: tenant site campaign agent medium
INSERT INTO store.dials_by_day (quarter, tenant, site, campaign, agent, medium, {columns})
SELECT $first_quarter, tenant, site, campaign, agent, medium, {merged}
FROM store.dials_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, campaign, agent, medium
ORDER BY tenant, site, campaign, agent, medium
