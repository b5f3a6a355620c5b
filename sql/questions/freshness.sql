-- How young the data is: the newest event of all loads and the last load's mark. One row.
SELECT ms_of(newest_event) AS data_ms, load_mark FROM store.state
