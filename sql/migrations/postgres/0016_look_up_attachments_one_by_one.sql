-- Attachments are looked up hash by hash. Entries that wait to be put into the index would all be read each time, and on the embedded database nothing puts them there.
drop index notifications_attachments;
create index notifications_attachments on notifications using gin ((payload -> 'attachments') jsonb_path_ops) with (fastupdate = off) where payload is not null;
