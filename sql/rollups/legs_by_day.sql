-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- {columns}: the columns that the head of views/legs.sql declares, but its histogram; {merged}: each merged as declared there.
-- fact: legs
-- table: store.legs_by_day
-- unit: day
-- keys: tenant site campaign queue medium
INSERT INTO store.legs_by_day (quarter, tenant, site, campaign, queue, medium, {columns})
SELECT $first_quarter, tenant, site, campaign, queue, medium, {merged}
FROM store.legs_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, campaign, queue, medium
ORDER BY tenant, site, campaign, queue, medium
