-- Calls of one source whose newest row still says "in progress". Parameter: $source. Asked when that source starts again.
SELECT tenant, call_id, started_at, source_sequence FROM store.calls WHERE row_state = 1 AND source = $source
