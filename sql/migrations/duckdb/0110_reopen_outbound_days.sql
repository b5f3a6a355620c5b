-- Closed days that hold outbound calls, or agents who dialled, lack them in their rollups: they are opened, as by a load that touched
-- them, and closed anew from their rows. It takes a mark of its own, so that the next load's is younger.
INSERT INTO store.touched_days
  SELECT 'calls', day, (SELECT max(load_mark) + 1 FROM store.state) FROM (
    SELECT CAST(started_at AS DATE) AS day FROM store.calls WHERE direction = 'outbound'
    UNION SELECT CAST(entered_at AS DATE) FROM store.legs WHERE direction = 'outbound'
    UNION SELECT CAST(started_at AS DATE) FROM store.agent_states WHERE state IN ('preview', 'dialing')
    UNION SELECT CAST(started_at + to_milliseconds(least(duration_ms, 86400000)) AS DATE) FROM store.agent_states WHERE state IN ('preview', 'dialing')
  ) AS outbound WHERE day IN (SELECT day FROM store.closed_days);
UPDATE store.state SET load_mark = greatest(load_mark, (SELECT coalesce(max(load_mark), 0) FROM store.touched_days));
