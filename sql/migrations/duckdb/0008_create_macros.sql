-- Words that engines write differently, so that views and measures are one text. Timestamps are naive UTC.
-- The wall clock in a zone at an instant.
CREATE OR REPLACE MACRO local_time(t, zone) AS (t::TIMESTAMP AT TIME ZONE 'UTC') AT TIME ZONE zone;
-- The instant of a wall clock; what the clock skips moves forward, what it shows twice is its second showing (winter time).
CREATE OR REPLACE MACRO utc_time(local, zone) AS (local::TIMESTAMP AT TIME ZONE zone) AT TIME ZONE 'UTC';
-- An instant from epoch milliseconds, and back.
CREATE OR REPLACE MACRO instant_ms(ms) AS make_timestamp((ms)::BIGINT * 1000);
CREATE OR REPLACE MACRO ms_of(t) AS epoch_ms(t);
-- The value that nine tenths do not exceed, interpolated. With a condition: p90(CASE WHEN c THEN x END).
CREATE OR REPLACE MACRO p90(x) AS quantile_cont(x, 0.9);
