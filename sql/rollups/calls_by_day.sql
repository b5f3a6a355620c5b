-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/calls.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: calls
-- table: store.calls_by_day
-- unit: day
-- keys: tenant site campaign medium
INSERT INTO store.calls_by_day (quarter, tenant, site, campaign, medium, {columns})
SELECT $first_quarter, tenant, site, campaign, medium, {merged}
FROM store.calls_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, campaign, medium
ORDER BY tenant, site, campaign, medium
