-- A call's row with all its columns, as it is stored. Parameters: $tenant, $callId; $from, $to: bounds of the start, so that not all days are read.
SELECT * FROM store.calls WHERE started_at >= $from AND started_at < $to AND tenant = $tenant AND call_id = $callId
