-- One row: what a day that is closed now has seen, all loads up to this mark.
CREATE OR REPLACE VIEW store.closing_mark AS
  SELECT greatest(coalesce((SELECT max(load_mark) FROM store.state), 0), coalesce((SELECT max(load_mark) FROM store.touched_days), 0)) AS load_mark;
