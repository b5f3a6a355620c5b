-- From when there are calls, and how many a viewer may see. {semi joins} and {conditions} from a fixed list of columns, values bound. One row.
SELECT ms_of(min(started_at)) AS from_ms, count(*) AS calls FROM (SELECT *, coalesce(first_queue, '') AS queue, coalesce(nullif(last_agent, ''), first_agent, '') AS agent FROM store.calls) AS c /*{semi joins}*/ WHERE 1 = 1 /*{conditions}*/
