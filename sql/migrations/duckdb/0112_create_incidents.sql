-- Copies of the incidents as their logs tell them: one row each, replaced when its log grew. Instants are UTC, NULL = it has not happened.
-- tenants, sites, queues: ids of those concerned, with a blank between; '' = everybody.
CREATE TABLE IF NOT EXISTS store.incidents (
  incident BIGINT NOT NULL,
  version BIGINT NOT NULL,
  incident_type VARCHAR NOT NULL,
  severity INTEGER NOT NULL,
  tenants VARCHAR NOT NULL,
  sites VARCHAR NOT NULL,
  queues VARCHAR NOT NULL,
  detector VARCHAR NOT NULL,
  target_s BIGINT NOT NULL,
  started_at TIMESTAMP,
  detected_at TIMESTAMP NOT NULL,
  acknowledged_at TIMESTAMP,
  mitigated_at TIMESTAMP,
  resolved_at TIMESTAMP,
  closed_at TIMESTAMP,
  breached_at TIMESTAMP,
  crisis_at TIMESTAMP,
  first_report_at TIMESTAMP,
  crisis_ended_at TIMESTAMP,
  rex_due_at TIMESTAMP,
  rex_at TIMESTAMP
);
-- Their actions, of the plan and of the REX.
CREATE TABLE IF NOT EXISTS store.incident_actions (
  incident BIGINT NOT NULL,
  action VARCHAR NOT NULL,
  version BIGINT NOT NULL,
  list VARCHAR NOT NULL,
  due_at TIMESTAMP NOT NULL,
  done_at TIMESTAMP
);
