-- A day of the rollup: legs by queue.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/legs.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: legs
-- table: store.legs_by_quarter
-- unit: quarter
-- keys: tenant site campaign queue medium
INSERT INTO store.legs_by_quarter (quarter, tenant, site, campaign, queue, medium, {columns})
SELECT quarter, tenant, site, campaign, queue, medium, {merged}
FROM facts.legs
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY quarter, tenant, site, campaign, queue, medium
ORDER BY quarter, tenant, site, campaign, queue, medium
