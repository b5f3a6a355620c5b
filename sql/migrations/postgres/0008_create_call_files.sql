-- Call files and their contacts: whom the outbound campaigns dial, what became of it, and whom nobody may dial.
-- A number is E.164 without its plus: a bigint takes a third of the room of a text and sorts without a collation.

create type contact_state as enum ('new', 'in-progress', 'call-back', 'follow-up', 'done', 'exhausted', 'excluded');

create table call_files (
  id integer generated always as identity primary key,
  campaign text not null,
  tenant text not null references tenants,
  name text not null,
  -- csv or xlsx, and what it takes to write rejected rows back in the same form.
  format text not null,
  delimiter text,
  header jsonb not null,
  mapping jsonb not null,
  -- loading: rows come in; checked: compared with the campaign's other files; ready: dialed; paused: not dialed.
  -- What a killed import leaves behind is older than its touched_at and not ready.
  status text not null default 'loading',
  rows integer not null default 0,
  accepted integer not null default 0,
  rejected integer not null default 0,
  loaded_by text not null,
  loaded_at timestamptz not null default now(),
  touched_at timestamptz not null default now()
);
create index call_files_of_campaign on call_files (campaign);

-- Rows come by COPY, a million at a time: no foreign key and no check, whose triggers would cost more than the rows.
-- A number stands once in a campaign: imports of a campaign compare in turn, under a lock.
create table contacts (
  -- The Indice of the rows.
  id bigint generated always as identity primary key,
  file integer not null,
  -- Of the file, the header being 1.
  line integer not null,
  number bigint not null,
  second_number bigint,
  name text,
  language text,
  -- An IANA zone, or the ISO code of a country that has several: see calling_zones.
  zone text collate "C" not null,
  -- 0-9, the larger first.
  priority smallint not null default 0,
  due_at timestamptz not null default '-infinity',
  fields jsonb,
  state contact_state not null default 'new',
  attempts smallint not null default 0,
  reached boolean not null default false,
  last_attempt bigint,
  -- Who promised the call-back; null = anyone.
  agent integer
);
create index contacts_by_number on contacts (number, file);
-- What a dialer reads: within a file, a zone and a priority, in the order of their time.
create index contacts_due on contacts (file, zone, priority, due_at, id) where state in ('new', 'follow-up');
create index contacts_call_back on contacts (file, zone, due_at, id) where state = 'call-back';
-- The combinations there are, so that a dialer need not look for them.
create table contact_lanes (file integer not null references call_files on delete cascade, zone text collate "C" not null, priority smallint not null, primary key (file, zone, priority));
-- Where the called party of a zone may be: hours must be right in all of these places.
create table calling_zones (zone text collate "C" primary key, places text[] not null);

create table rejected_rows (
  file integer not null references call_files on delete cascade, line integer not null,
  -- Why, as a code, and the value that is wrong.
  reason text not null, detail text,
  cells jsonb,
  primary key (file, line)
);

-- An attempt begins when a dialer takes a contact; while it goes on it has the number for itself, in every campaign of the tenant.
create table contact_attempts (
  id bigint generated always as identity primary key,
  contact bigint not null, file integer not null,
  campaign text not null, tenant text not null, number bigint not null,
  -- Who took it, and until when nobody else may.
  dialer text not null, lease_until timestamptz not null,
  -- The contact's state, when it was due and whose call-back it was before: for those that are given back.
  was contact_state not null, was_due_at timestamptz not null, was_agent integer,
  started_at timestamptz not null, ended_at timestamptz,
  result text, call_id text, agent integer,
  status_group integer, status_num integer, status_detail integer
);
create unique index contact_attempts_under_way on contact_attempts (tenant, number) where ended_at is null;
create index contact_attempts_by_number on contact_attempts (tenant, number, started_at);
create index contact_attempts_of_contact on contact_attempts (contact, id);
create index contact_attempts_lease on contact_attempts (lease_until) where ended_at is null;
create unique index contact_attempts_by_call on contact_attempts (call_id) where call_id is not null;

create table do_not_call (
  tenant text not null references tenants, number bigint not null,
  source text not null, added_at timestamptz not null default now(),
  primary key (tenant, number)
);

-- What a file's contacts add up to, by state, and how many were attempted and reached. Changes are appended, so that dialers
-- do not wait for each other; readers add them up, and fold them when there are many.
create table contact_counts (file integer not null references call_files on delete cascade, what text not null, number integer not null);
create index contact_counts_of_file on contact_counts (file);

create function count_contacts() returns trigger language plpgsql as $$
begin
  insert into contact_counts (file, what, number)
  select file, what, sum(number) from (
    select file, state::text as what, 1 as number from after_change
    union all select file, 'attempted', 1 from after_change where attempts > 0
    union all select file, 'reached', 1 from after_change where reached
    union all select file, state::text, -1 from before_change
    union all select file, 'attempted', -1 from before_change where attempts > 0
    union all select file, 'reached', -1 from before_change where reached
  ) as changes
  group by file, what having sum(number) <> 0;
  return null;
end $$;
create trigger count_contacts after update on contacts
  referencing old table as before_change new table as after_change
  for each statement execute function count_contacts();
