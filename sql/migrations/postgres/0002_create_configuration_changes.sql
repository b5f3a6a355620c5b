-- Who changed the configuration, when and what: one row per version. Never updated.
create table configuration_changes (
  version integer primary key,
  changed_at timestamptz not null default now(),
  changed_by text not null,
  -- first-configuration, queue, agent, calendar
  subject text not null,
  -- What was asked, in the words of the program; for a subject without periods also what stood before.
  change jsonb not null,
  before jsonb
);
