-- How young the data is: the newest event of all loads and the last load's mark. One row.
SELECT ms_of(max(newest_event)) AS data_ms, coalesce(max(load_mark), 0) AS load_mark FROM store.loads
