-- A day of the rollup: calls counted once, by site and campaign: legs cannot give these totals, because a call has several.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/calls.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: calls
-- table: store.calls_by_quarter
-- unit: quarter
-- keys: tenant site campaign medium
INSERT INTO store.calls_by_quarter (quarter, tenant, site, campaign, medium, {columns})
SELECT quarter, tenant, site, campaign, medium, {merged}
FROM facts.calls
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY quarter, tenant, site, campaign, medium
ORDER BY quarter, tenant, site, campaign, medium
