-- The first history of a simulated centre, where several processes share it: planned by the core, which knows
-- when its own rows begin, filled by ingest. Days are UTC, newest first; the first days_done of them are loaded.
create table first_history (
  only_row boolean primary key default true check (only_row),
  seed bigint not null,
  live_from timestamptz not null,
  days jsonb not null,
  days_done integer not null default 0
);
