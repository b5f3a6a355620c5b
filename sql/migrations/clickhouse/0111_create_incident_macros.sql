-- Words of the facts of incidents that engines write differently.
-- One row for each word of a text, in the select list; an empty text is one empty word.
CREATE FUNCTION IF NOT EXISTS each_word{on_cluster} AS (words) -> arrayJoin(splitByChar(' ', words));
-- The instant of the question, epoch milliseconds.
CREATE FUNCTION IF NOT EXISTS now_ms{on_cluster} AS () -> toUnixTimestamp64Milli(now64(3));
