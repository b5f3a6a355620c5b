-- One row: what a day that is closed now has seen, all loads up to this mark. A load that is decided and not complete, here or in another
-- process, may write into any day and is not among them: it noted its days with its own mark, so they stay open.
CREATE VIEW IF NOT EXISTS store.closing_mark{on_cluster} AS
  SELECT coalesce(
    (SELECT toNullable(min(load_mark)) - 1 FROM (SELECT load_mark FROM store.decided_loads GROUP BY load_mark, load_id HAVING max(done) = 0) HAVING count(*) > 0),
    greatest(coalesce((SELECT max(load_mark) FROM store.state), 0), coalesce((SELECT max(load_mark) FROM store.touched_days), 0))) AS load_mark;
