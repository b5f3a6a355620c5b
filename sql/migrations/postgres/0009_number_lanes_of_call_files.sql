-- A contact's zone and priority are those of its lane, a number within its file: a million index entries of a zone's name cost
-- a load as much as everything else. Equal times share their index entry, so the id is not in it.
alter table contact_lanes add column if not exists lane smallint;
update contact_lanes set lane = numbered.lane
  from (select file, zone, priority, row_number() over (partition by file order by zone, priority) as lane from contact_lanes) as numbered
  where contact_lanes.file = numbered.file and contact_lanes.zone = numbered.zone and contact_lanes.priority = numbered.priority;
alter table contact_lanes alter column lane set not null;
create unique index if not exists contact_lanes_by_number on contact_lanes (file, lane);

alter table contacts add column if not exists lane smallint;
update contacts set lane = lanes.lane from contact_lanes as lanes where lanes.file = contacts.file and lanes.zone = contacts.zone and lanes.priority = contacts.priority;
drop index if exists contacts_by_number;
drop index if exists contacts_due;
drop index if exists contacts_call_back;
alter table contacts drop column if exists zone, drop column if exists priority;
create index contacts_by_number on contacts (number);
create index contacts_due on contacts (file, lane, due_at) where state in ('new', 'follow-up');
create index contacts_call_back on contacts (file, lane, due_at) where state = 'call-back';
