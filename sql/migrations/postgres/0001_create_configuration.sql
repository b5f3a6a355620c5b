-- The configuration of the centre: what is edited. Names and targets have a validity period, from
-- inclusive, to exclusive, null = open, because numbers are recycled and names change.

create table configuration_version (
  only_row boolean primary key default true check (only_row),
  -- Grows with every change. Each change updates this row first, so changes wait for each other here.
  version integer not null
);
insert into configuration_version (version) values (0);

create table tenants (id text primary key, customer_number integer not null unique, name text not null, zone text not null);
create table sites (id text primary key, name text not null, zone text not null);
create table teams (
  id text primary key, name text not null,
  site text not null references sites, tenant text not null references tenants
);

create table calendars (id text primary key, zone text not null, weekdays jsonb not null, holidays jsonb not null);

create table queues (
  id integer generated always as identity primary key,
  number integer not null, name text not null, tenant text not null references tenants, medium text not null,
  priority integer not null,
  target_seconds double precision not null, target_service_level double precision not null,
  short_abandon_seconds double precision not null,
  maximum_wait_seconds double precision, overflow_queue integer,
  calendar text references calendars, no_agent_rule text not null,
  ring_timeout_seconds double precision not null, maximum_wrapup_seconds double precision,
  valid_from timestamptz, valid_to timestamptz,
  -- One meaning of a number at a time.
  exclude using gist (int4range(number, number, '[]') with &&, tstzrange(valid_from, valid_to) with &&)
);

create table agents (
  id integer generated always as identity primary key,
  number integer not null, name text not null,
  tenant text not null references tenants, site text not null references sites,
  valid_from timestamptz, valid_to timestamptz,
  exclude using gist (int4range(number, number, '[]') with &&, tstzrange(valid_from, valid_to) with &&)
);
-- Memberships and skills belong to a period of the agent: a change of team begins a new period.
create table agent_teams (
  agent_id integer not null references agents on delete cascade, position integer not null, team text not null references teams,
  primary key (agent_id, position), unique (agent_id, team)
);
create table agent_skills (
  agent_id integer not null references agents on delete cascade, queue integer not null, level integer not null check (level between 1 and 9),
  primary key (agent_id, queue)
);

create table scenarios (id text primary key, name text not null, start_step text not null, steps jsonb not null);
create table lookup_tables (id text primary key, entries jsonb not null);
create table campaigns (
  id integer generated always as identity primary key,
  did text not null, name text not null, tenant text not null references tenants, site text not null references sites,
  direction text not null, entry_points jsonb not null, queue integer not null,
  scenario text references scenarios, status_group integer not null,
  valid_from timestamptz, valid_to timestamptz
);
create table statuses (
  tenant text not null references tenants, status_group integer not null, num integer not null, detail integer not null,
  label_fr text not null, label_en text not null, outcome text not null,
  primary key (tenant, status_group, num, detail)
);
create table pause_reasons (code text primary key, position integer not null, label_fr text not null, label_en text not null, productive boolean not null);
create table gateways (id text primary key, site text not null references sites, e1_links integer not null);
