-- A day of the histogram of waits beside store.calls_by_quarter: how many queued calls fell into each bucket. A bucket is named by the
-- value it stands for, in seconds (see the head of views/calls.sql).
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: calls
-- table: store.calls_waits_by_quarter
-- unit: quarter
-- keys: tenant site campaign medium
-- histogram: wait_bucket
INSERT INTO store.calls_waits_by_quarter (quarter, tenant, site, campaign, medium, wait_bucket, bucket_count)
SELECT quarter, tenant, site, campaign, medium, wait_bucket, CAST(count(*) AS INTEGER)
FROM facts.calls
WHERE quarter >= $first_quarter AND quarter < $end_quarter AND wait_bucket IS NOT NULL
GROUP BY quarter, tenant, site, campaign, medium, wait_bucket
ORDER BY quarter, tenant, site, campaign, medium, wait_bucket
