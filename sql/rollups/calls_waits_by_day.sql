-- A day of the rollup by day, merged from its quarter-hours: for long ranges.
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: calls
-- table: store.calls_waits_by_day
-- unit: day
-- keys: tenant site campaign medium
-- histogram: wait_bucket
INSERT INTO store.calls_waits_by_day (quarter, tenant, site, campaign, medium, wait_bucket, bucket_count)
SELECT $first_quarter, tenant, site, campaign, medium, wait_bucket, CAST(sum(bucket_count) AS BIGINT)
FROM store.calls_waits_by_quarter
WHERE quarter >= $first_quarter AND quarter < $end_quarter
GROUP BY tenant, site, campaign, medium, wait_bucket
ORDER BY tenant, site, campaign, medium, wait_bucket
