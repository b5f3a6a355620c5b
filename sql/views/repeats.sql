-- One row per inbound call, for repetition: whether the same caller called the same tenant before. Callers are told apart by the
-- keyed hash of their number; calls without a number are left out. A fact about a call and its past: read from rows only.
-- fact: repeats
-- grain: calls
-- dimensions: tenant site campaign medium
-- time: arrived_at
-- lookback: 168 h
-- shards: together
-- columns:
--   identified    distinct  answered calls with a known number
--   repeated_24h  distinct  of these, those whose caller called in the 24 hours before
--   repeated_7d   distinct  of these, those whose caller called in the 7 days before
CREATE OR REPLACE VIEW facts.repeats AS
SELECT
  tenant, site, campaign, medium, queue, agent, call_id, arrived_at, quarter_of(arrived_at) AS quarter,
  answered AS identified,
  CASE WHEN answered = 1 AND ms_of(arrived_at) - ms_of(previous_at) <= 86400000 THEN 1 ELSE 0 END AS repeated_24h,
  CASE WHEN answered = 1 AND ms_of(arrived_at) - ms_of(previous_at) <= 604800000 THEN 1 ELSE 0 END AS repeated_7d
FROM (
  SELECT
    tenant, coalesce(site, '') AS site, coalesce(campaign, '') AS campaign, coalesce(medium, '') AS medium,
    coalesce(first_queue, '') AS queue, coalesce(first_agent, '') AS agent, call_id, started_at AS arrived_at,
    CAST(coalesce(queued, false) AND NOT coalesce(closed, false) AND coalesce(answered, false) AS INTEGER) AS answered,
    max(started_at) OVER (PARTITION BY tenant, caller_key ORDER BY started_at, call_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS previous_at
  FROM store.calls
  WHERE direction = 'inbound' AND caller_key <> '' /*{range started_at}*/
) AS callers
