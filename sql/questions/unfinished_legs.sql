-- Legs of one source that were answered and never left. Parameter: $source. Asked when that source starts again.
SELECT tenant, call_id, leg, started_at, source_sequence FROM store.legs WHERE row_state = 1 AND source = $source
