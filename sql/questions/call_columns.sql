-- A call's row with all its columns, as it is stored. Parameters: $tenant, $callId.
SELECT * FROM store.calls WHERE tenant = $tenant AND call_id = $callId
