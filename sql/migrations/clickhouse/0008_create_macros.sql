-- Words that engines write differently, so that views and measures are one text. Timestamps are UTC. They belong to the server, not to a database.
-- The wall clock in a zone at an instant.
CREATE FUNCTION IF NOT EXISTS local_time{on_cluster} AS (t, zone) -> toDateTime64(toString(toTimeZone(toDateTime64(t, 3, 'UTC'), zone)), 3, 'UTC');
-- The instant of a wall clock; what the clock skips moves forward.
CREATE FUNCTION IF NOT EXISTS utc_time{on_cluster} AS (local, zone) -> toTimeZone(toDateTime64(toString(toDateTime64(local, 3, 'UTC')), 3, zone), 'UTC');
-- An instant from epoch milliseconds, and back.
CREATE FUNCTION IF NOT EXISTS instant_ms{on_cluster} AS (ms) -> fromUnixTimestamp64Milli(CAST(ms AS BIGINT), 'UTC');
CREATE FUNCTION IF NOT EXISTS ms_of{on_cluster} AS (t) -> toUnixTimestamp64Milli(t);
-- The value that nine tenths do not exceed, interpolated. With a condition: p90(CASE WHEN c THEN x END).
CREATE FUNCTION IF NOT EXISTS p90{on_cluster} AS (x) -> quantileExactInclusive(0.9)(x);
