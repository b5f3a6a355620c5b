-- Words of the facts that engines write differently.
-- The quarter-hour of an instant, counted from 1970 in UTC: the smallest interval, and what every zone's intervals are made of.
CREATE FUNCTION IF NOT EXISTS quarter_of{on_cluster} AS (t) -> CAST(floor(toUnixTimestamp64Milli(t) / 900000) AS INTEGER);
-- One row for each whole number from first to last, in the select list.
CREATE FUNCTION IF NOT EXISTS each_from_to{on_cluster} AS (first, last) -> arrayJoin(range(CAST(first AS BIGINT), CAST(last AS BIGINT) + 1));
