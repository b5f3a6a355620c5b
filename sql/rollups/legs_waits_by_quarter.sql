-- A day of the histogram of waits beside store.legs_by_quarter: how many queued legs fell into each bucket. A bucket is named by the
-- value it stands for, in seconds (see the head of views/legs.sql).
-- Parameters: the day's quarter-hours, first inclusive, end exclusive.
-- fact: legs
-- table: store.legs_waits_by_quarter
-- unit: quarter
-- keys: tenant site campaign queue medium
-- histogram: wait_bucket
INSERT INTO store.legs_waits_by_quarter (quarter, tenant, site, campaign, queue, medium, wait_bucket, bucket_count)
SELECT quarter, tenant, site, campaign, queue, medium, wait_bucket, CAST(count(*) AS INTEGER)
FROM facts.legs
WHERE quarter >= $first_quarter AND quarter < $end_quarter AND wait_bucket IS NOT NULL
GROUP BY quarter, tenant, site, campaign, queue, medium, wait_bucket
ORDER BY quarter, tenant, site, campaign, queue, medium, wait_bucket
