-- Closed days that hold outbound calls, or agents who dialled, lack them in their rollups: they are opened, as by a load that touched
-- them, and closed anew from their rows. It takes a mark of its own, so that the next load's is younger.
INSERT INTO store.touched_days (target, day, load_mark)
  SELECT 'calls', day, (SELECT max(load_mark) + 1 FROM store.state) FROM (
    SELECT toDate(started_at) AS day FROM {reachable store.calls} WHERE direction = 'outbound'
    UNION DISTINCT SELECT toDate(entered_at) AS day FROM {reachable store.legs} WHERE direction = 'outbound'
    UNION DISTINCT SELECT toDate(started_at) AS day FROM {reachable store.agent_states} WHERE state IN ('preview', 'dialing')
    UNION DISTINCT SELECT toDate(addMilliseconds(started_at, least(duration_ms, 86400000))) AS day FROM {reachable store.agent_states} WHERE state IN ('preview', 'dialing')
  ) AS outbound WHERE day IN (SELECT day FROM store.closed_days);
INSERT INTO store.state (load_mark, newest_event) SELECT coalesce(max(load_mark), 0), NULL FROM store.touched_days;
