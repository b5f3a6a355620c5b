-- One row: the last load's mark and the newest event of all loads, kept by each load in its own transaction,
-- so that nobody counts the ledger to know how young the data is.
CREATE TABLE IF NOT EXISTS store.state (load_mark BIGINT NOT NULL, newest_event TIMESTAMP);
INSERT INTO store.state SELECT coalesce(max(load_mark), 0), max(newest_event) FROM store.loads HAVING NOT EXISTS (SELECT 1 FROM store.state);
