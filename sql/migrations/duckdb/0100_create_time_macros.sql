-- Words of the facts that engines write differently.
CREATE SCHEMA IF NOT EXISTS facts;
-- The quarter-hour of an instant, counted from 1970 in UTC: the smallest interval, and what every zone's intervals are made of.
CREATE OR REPLACE MACRO quarter_of(t) AS CAST(epoch_ms(t) // 900000 AS INTEGER);
-- One row for each whole number from first to last, in the select list.
CREATE OR REPLACE MACRO each_from_to(first, last) AS unnest(range(CAST(first AS BIGINT), CAST(last AS BIGINT) + 1));
