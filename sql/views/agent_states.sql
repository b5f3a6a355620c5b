-- Agents' time, cut at the borders of quarter-hours, and their contacts. A state has a row when it has ended; what an agent
-- is doing now is live state, not yet here. A state longer than 24 hours has lost its end: it counts as 24 hours.
-- The site is the agent's. Contacts come from the legs, of outbound calls too, and belong to the entry into the queue.
-- fact: agent_states
-- dimensions: tenant site agent team
-- time: quarter
-- lookback: 24 h
-- columns:
--   logged_ms       sum  from login to logout
--   ready_ms        sum  waiting for a call
--   ringing_ms      sum  a call is offered
--   talk_ms         sum  in conversation
--   hold_ms         sum  caller on hold
--   wrapup_ms       sum  after-call work
--   pause_ms        sum  all reasons
--   productive_pause_ms sum  reasons that count as work (training, meeting)
--   other_ms        sum  preview, dialling, supervision, unknown
--   agent_contacts  sum  legs that the agent took
--   offers          sum  offers to the agent, taken or not
--   refused_offers  sum  not taken
--   dialing_ms      sum  of the other time: preview and dialling
CREATE OR REPLACE VIEW facts.agent_states AS
SELECT
  tenant, site, agent, queue, quarter,
  ms AS logged_ms,
  CASE WHEN state = 'ready' THEN ms ELSE 0 END AS ready_ms,
  CASE WHEN state = 'ringing' THEN ms ELSE 0 END AS ringing_ms,
  CASE WHEN state = 'talk' THEN ms ELSE 0 END AS talk_ms,
  CASE WHEN state = 'hold' THEN ms ELSE 0 END AS hold_ms,
  CASE WHEN state = 'wrapup' THEN ms ELSE 0 END AS wrapup_ms,
  CASE WHEN state = 'pause' THEN ms ELSE 0 END AS pause_ms,
  CASE WHEN state = 'pause' AND productive THEN ms ELSE 0 END AS productive_pause_ms,
  CASE WHEN state IN ('ready', 'ringing', 'talk', 'hold', 'wrapup', 'pause') THEN 0 ELSE ms END AS other_ms,
  0 AS agent_contacts, 0 AS offers, 0 AS refused_offers,
  CASE WHEN state IN ('preview', 'dialing') THEN ms ELSE 0 END AS dialing_ms
FROM (
  SELECT
    tenant, site, agent, queue, state, productive, CAST(each_quarter AS INTEGER) AS quarter,
    least(each_quarter * 900000 + 900000, end_ms) - greatest(each_quarter * 900000, start_ms) AS ms
  FROM (
    SELECT *, each_from_to(quarter_of(instant_ms(start_ms)), quarter_of(instant_ms(end_ms - 1))) AS each_quarter
    FROM (
      SELECT
        a.tenant, coalesce(a.site, '') AS site, coalesce(a.agent, '') AS agent, coalesce(a.queue, '') AS queue, a.state,
        coalesce(r.productive, false) AS productive,
        ms_of(a.started_at) AS start_ms, ms_of(a.started_at) + least(a.duration_ms, 86400000) AS end_ms
      FROM store.agent_states AS a
      LEFT JOIN (SELECT code, max(productive) AS productive FROM dim.pause_reasons GROUP BY code) AS r ON r.code = a.reason
      WHERE a.state <> 'logged_out' AND a.duration_ms > 0 /*{range a.started_at}*/
    ) AS states /*{ending end_ms}*/
  ) AS quarters
) AS pieces
UNION ALL
SELECT
  l.tenant, coalesce(a.site, '') AS site, l.agent, coalesce(l.queue, '') AS queue, quarter_of(l.entered_at) AS quarter,
  0, 0, 0, 0, 0, 0, 0, 0, 0,
  CASE WHEN l.outcome <> 'rerouted' THEN 1 ELSE 0 END, 1, CASE WHEN l.outcome = 'rerouted' THEN 1 ELSE 0 END, 0
FROM (
  SELECT tenant, agent, queue, entered_at, outcome
  FROM store.legs
  WHERE direction IN ('inbound', 'outbound') AND agent <> ''
    AND (outcome IN ('answered', 'rerouted') OR (outcome = 'in-progress' AND answered_at IS NOT NULL)) /*{range entered_at}*/
) AS l
ASOF LEFT JOIN (
  SELECT tenant, agent, site, coalesce(valid_from, TIMESTAMP '1900-01-01 00:00:00') AS valid_from FROM dim.agents
) AS a ON a.tenant = l.tenant AND a.agent = l.agent AND l.entered_at >= a.valid_from
