-- Copies of the incidents as their logs tell them: one row each when read with FINAL, the newest version. Instants are UTC, NULL = it has not happened.
-- tenants, sites, queues: ids of those concerned, with a blank between; '' = everybody.
CREATE TABLE IF NOT EXISTS store.incidents{on_cluster} (
  incident Int64,
  version Int64,
  incident_type String,
  severity Int32,
  tenants String,
  sites String,
  queues String,
  detector String,
  target_s Int64,
  started_at Nullable(DateTime64(3, 'UTC')),
  detected_at DateTime64(3, 'UTC'),
  acknowledged_at Nullable(DateTime64(3, 'UTC')),
  mitigated_at Nullable(DateTime64(3, 'UTC')),
  resolved_at Nullable(DateTime64(3, 'UTC')),
  closed_at Nullable(DateTime64(3, 'UTC')),
  breached_at Nullable(DateTime64(3, 'UTC')),
  crisis_at Nullable(DateTime64(3, 'UTC')),
  first_report_at Nullable(DateTime64(3, 'UTC')),
  crisis_ended_at Nullable(DateTime64(3, 'UTC')),
  rex_due_at Nullable(DateTime64(3, 'UTC')),
  rex_at Nullable(DateTime64(3, 'UTC'))
) ENGINE = {everywhere}ReplacingMergeTree(version) ORDER BY incident;
-- Their actions, of the plan and of the REX.
CREATE TABLE IF NOT EXISTS store.incident_actions{on_cluster} (
  incident Int64,
  action String,
  version Int64,
  list String,
  due_at DateTime64(3, 'UTC'),
  done_at Nullable(DateTime64(3, 'UTC'))
) ENGINE = {everywhere}ReplacingMergeTree(version) ORDER BY (incident, action);
