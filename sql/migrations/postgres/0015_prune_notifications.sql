-- What was told long ago is taken away: found by when it was queued, its files by who still mentions them.
create index notifications_created on notifications (created_at, id);
create index notifications_attachments on notifications using gin ((payload -> 'attachments') jsonb_path_ops) where payload is not null;

-- Of what was over before, some is gone; null = nothing is.
create table notification_journal (only_row boolean primary key default true check (only_row), kept_since timestamptz);
insert into notification_journal (kept_since) values (null);
