-- How many calls a list has, over all its pages. Parameters as in calls.sql.
SELECT count(*) AS n FROM (/*{calls}*/) AS c /*{semi joins}*/ WHERE 1 = 1 /*{conditions}*/
