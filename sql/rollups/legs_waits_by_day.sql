-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: legs
-- table: store.legs_waits_by_day
-- unit: day
-- keys: tenant site campaign queue medium
-- histogram: wait_bucket
INSERT INTO store.legs_waits_by_day (quarter, tenant, site, campaign, queue, medium, wait_bucket, bucket_count)
SELECT $first_quarter, tenant, site, campaign, queue, medium, wait_bucket, CAST(sum(bucket_count) AS BIGINT)
FROM store.legs_waits_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, campaign, queue, medium, wait_bucket
ORDER BY tenant, site, campaign, queue, medium, wait_bucket
