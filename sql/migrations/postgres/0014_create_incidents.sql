-- Incidents: a log that is only ever appended to. Everything else about an incident is computed from it.

-- Its lock puts all that is written here in order; `revision` grows with every change.
create table incident_counter (only_row boolean primary key default true check (only_row), revision bigint not null, last_number integer not null);
insert into incident_counter (revision, last_number) values (0, 0);

-- One row per incident, to find it by; all but the number and the detector's key is computed from its log.
create table incidents (
  number integer primary key,
  -- What a detector calls the trouble that it sees; null = a person opened it.
  detector_key text,
  type text not null,
  severity smallint not null,
  state text not null,
  is_open boolean not null,
  -- Closed, but something is still to be done: a REX, an action, a signature.
  is_pending boolean not null,
  detected_at timestamptz not null,
  -- Length of the log, and the hash of its last event.
  events integer not null,
  hash text not null,
  -- That of its last change.
  revision bigint not null
);
-- Of one trouble there is one incident, however often it comes back while that one is not closed.
create unique index incidents_detector on incidents (detector_key) where is_open and detector_key is not null;
create index incidents_unfinished on incidents (number) where is_open or is_pending;
create index incidents_revision on incidents (revision);

create table incident_events (
  incident integer not null references incidents,
  -- 1, 2, 3 … in order of arrival.
  sequence integer not null,
  id uuid not null unique,
  -- When it happened, as said; it may lie before other events.
  at timestamptz not null,
  recorded_at timestamptz not null,
  by text not null,
  body jsonb not null,
  -- SHA-256, hexadecimal, over this event and the hash of the one before: a change afterwards shows.
  hash text not null,
  primary key (incident, sequence)
);

-- Files of an incident; what they are stands in its log.
create table incident_files (
  id uuid primary key,
  incident integer not null references incidents,
  -- attachment, document
  kind text not null,
  name text not null,
  media_type text not null,
  sha256 text not null,
  content bytea not null,
  added_at timestamptz not null,
  added_by text not null
);

-- Personal links to sign a document: the link itself is not kept. One per document and person; a new one takes its place.
create table incident_signing_links (
  document uuid not null references incident_files,
  person uuid not null,
  token_sha256 text not null unique,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_from text,
  primary key (document, person)
);

-- The catalogue, the rules and the settings: every version that ever was, the highest one holds.
create table incident_settings (
  -- type, rules, settings, detector
  subject text not null,
  -- Which type or detector; empty where there is one.
  key text not null,
  version integer not null,
  changed_at timestamptz not null,
  changed_by text not null,
  value jsonb not null,
  primary key (subject, key, version)
);

create function refuse_to_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger append_only before update or delete on incident_events for each row execute function refuse_to_change();
create trigger append_only_table before truncate on incident_events execute function refuse_to_change();
create trigger append_only before update or delete on incident_settings for each row execute function refuse_to_change();
create trigger append_only_table before truncate on incident_settings execute function refuse_to_change();
create trigger append_only before update or delete on incident_files for each row execute function refuse_to_change();
create trigger append_only_table before truncate on incident_files execute function refuse_to_change();
