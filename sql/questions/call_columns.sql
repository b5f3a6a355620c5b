-- Calls' rows with all their columns, as they are stored. Parameters: {wanted}: tenants and ids, bound;
-- $from, $to: bounds of the start, so that not all days are read.
SELECT * FROM store.calls WHERE started_at >= $from AND started_at < $to AND /*{wanted}*/
